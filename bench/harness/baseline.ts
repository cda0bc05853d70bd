import { startWorker } from "./start-worker.ts";

const ROWS_PER_CHUNK = 1_000;
const BYTES_PER_CHUNK = 1_500_000; // D1 refuses a value of 2,000,000 bytes

/** What an import leaves behind: mirror, rows, ledger, outcomes. */
const TABLES =
  /^(mycase_.*|projects|project_contacts|project_team_members|contacts|team_members|leads|changes|case_outcomes)$/;

/** One statement and the rows it is for, as a JSON array of arrays. */
interface Chunk {
  sql: string;
  rows: string;
}

/** All that an import has written, as the statements that a person would write for it. */
export async function takeRows(db: D1Database): Promise<Chunk[]> {
  const tables = await db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
  const chunks: Chunk[] = [];
  for (const { name } of tables.results as { name: string }[]) {
    if (TABLES.test(name)) chunks.push(...(await takeTable(db, name)));
  }
  return chunks;
}

async function takeTable(db: D1Database, table: string): Promise<Chunk[]> {
  const columns = (await db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all()).results.map((one) =>
    String(one.name),
  );
  const values = columns.map((_, index) => `r.value ->> ${index}`).join(", ");
  const sql = `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${values} FROM json_each(?1) r`;
  const chunks: Chunk[] = [];
  for (let offset = 0; ; offset += ROWS_PER_CHUNK) {
    const page = db.prepare(`SELECT * FROM ${table} LIMIT ${ROWS_PER_CHUNK} OFFSET ${offset}`);
    const rows = (await page.all()).results.map((row) => JSON.stringify(columns.map((column) => row[column])));
    chunks.push(...split(rows).map((part) => ({ sql, rows: `[${part.join(",")}]` })));
    if (rows.length < ROWS_PER_CHUNK) return chunks;
  }
}

function split(rows: string[]): string[][] {
  const parts: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    bytes += row.length;
    if (bytes > BYTES_PER_CHUNK) {
      parts.push([]);
      bytes = row.length;
    }
    parts.at(-1)?.push(row);
  }
  return parts;
}

/** Seconds that the statements take in an empty D1, counted in the worker; bringing the rows there is left out. */
export async function writeRows(scriptPath: string, chunks: Chunk[]): Promise<number> {
  const worker = await startWorker({ scriptPath, consumers: false });
  try {
    let ms = 0;
    for (const { sql, rows } of chunks) {
      const response = await fetch(worker.url, { method: "POST", headers: { "x-sql": sql }, body: rows });
      if (!response.ok) throw new Error(`${sql} failed: ${await response.text()}`);
      ms += (await response.json()) as number;
    }
    return ms / 1000;
  } finally {
    await worker.stop();
  }
}
