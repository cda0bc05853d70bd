import { type Firm, startFirm } from "./harness/firm.ts";
import { importAll, runToItsEnd } from "./harness/follow-run.ts";
import { type ChangeCost, changeOne } from "./harness/one-change.ts";
import { type Metric, metric, rounded } from "./metric.ts";
import type { Scripts } from "./scripts.ts";
import type { Usage } from "./worker/meter.ts";

const CHANGES = 15;
const ROUNDS = 3;
const PAGE = 1_000;

/** What a changed case costs, when a webhook tells of it alone and when a poll finds a page of them. */
export async function benchPerChange(scripts: Scripts): Promise<Metric[]> {
  const firm = await startFirm({ scriptPath: scripts.measured, cases: 2_000, webhooks: true, eager: true });
  try {
    await importAll(firm);
    const idle = await idlePollFigures(firm); // first: a poll looks back a little, and finds recent changes once more
    const costs: ChangeCost[] = [];
    const floors: Floor[] = [];
    for (const [index, id] of caseIds(firm, CHANGES).entries()) {
      costs.push(await changeOne(firm, id, `Alone ${index}`));
      floors.push(await writeByHand(firm, id, `By hand ${index}`));
    }
    const polls: Usage[] = [];
    const before = await databaseBytes(firm);
    for (let round = 0; round < ROUNDS; round++) polls.push(await pollPage(firm, round));
    const growth = ((await databaseBytes(firm)) - before) / (ROUNDS * PAGE);
    return [...singleFigures(costs, floors), ...pageFigures(polls, growth), ...idle];
  } finally {
    await firm.stop();
  }
}

interface Floor {
  statements: number;
  rowsRead: number;
  rowsWritten: number;
}

async function databaseBytes({ worker }: Firm): Promise<number> {
  return Number((await worker.db.prepare("SELECT 1").all()).meta.size_after);
}

function caseIds(firm: Firm, count: number): number[] {
  const ids = firm.mycase.simulator.core.ordered("cases").map((record) => record.id);
  return ids.slice(0, count);
}

/** The least that keeps such a change: the mirrored record, the project's row, the ledger. Afterwards it is undone. */
async function writeByHand(firm: Firm, id: number, name: string): Promise<Floor> {
  const { db } = firm.worker;
  const before = await db.prepare("SELECT record FROM mycase_cases WHERE org_id = 'demo' AND id = ?1").bind(id).first();
  const project = await db.prepare("SELECT name FROM projects WHERE org_id = 'demo' AND case_id = ?1").bind(id).first();
  const write = (record: unknown, called: unknown) =>
    db.batch([
      db.prepare("UPDATE mycase_cases SET record = ?2 WHERE org_id = 'demo' AND id = ?1").bind(id, record),
      db.prepare("UPDATE projects SET name = ?2 WHERE org_id = 'demo' AND case_id = ?1").bind(id, called),
      db
        .prepare(
          `INSERT INTO changes (org_id, seq, entity, entity_id, field, old_value, new_value, trigger, at)
           VALUES ('bench', (SELECT coalesce(max(seq), 0) + 1 FROM changes WHERE org_id = 'bench'), 'project', ?1, 'name', ?2, ?3, 'webhook', '')`,
        )
        .bind(String(id), JSON.stringify(project?.name), JSON.stringify(called)),
    ]);
  const results = await write(before?.record, name);
  await write(before?.record, project?.name);
  const sum = (of: "rows_read" | "rows_written") => results.reduce((total, { meta }) => total + Number(meta[of]), 0);
  return { statements: results.length, rowsRead: sum("rows_read"), rowsWritten: sum("rows_written") };
}

/** What every org costs every five minutes: a poll that finds nothing. */
async function idlePollFigures(firm: Firm): Promise<Metric[]> {
  const usages: Usage[] = [];
  const requests: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await firm.usage();
    const run = await runToItsEnd(firm, "poll");
    requests.push(run.mycase_requests);
    usages.push(await firm.usage());
  }
  const idle = (what: string, raw: number[]) =>
    metric({ benchmark: "per-change", what: `${what}, a poll that finds nothing new`, unit: "", raw });
  return [
    idle("MyCase requests", requests),
    idle(
      "D1 calls",
      usages.map((usage) => usage.d1_calls),
    ),
    idle(
      "D1 rows read",
      usages.map((usage) => usage.d1_rows_read),
    ),
    idle(
      "D1 rows written",
      usages.map((usage) => usage.d1_rows_written),
    ),
    idle(
      "Durable Object calls",
      usages.map((usage) => usage.object_calls),
    ),
    idle(
      "queue messages",
      usages.map((usage) => usage.queue_messages),
    ),
    idle(
      "D1 milliseconds",
      usages.map((usage) => usage.d1_ms),
    ),
    idle(
      "consumer's ms",
      usages.map((usage) => usage.batches.reduce((sum, batch) => sum + batch.ms, 0)),
    ),
  ];
}

/** A thousand cases changed without a webhook, found by one poll. */
async function pollPage(firm: Firm, round: number): Promise<Usage> {
  for (const id of caseIds(firm, PAGE)) {
    firm.mycase.simulator.edit.update("cases", id, { name: `Polled ${round} ${id}` }, { silent: true });
  }
  await firm.usage();
  const run = await runToItsEnd(firm, "poll");
  if (run.counts.case !== PAGE) throw new Error(`the poll found ${run.counts.case} cases`);
  return firm.usage();
}

function singleFigures(costs: ChangeCost[], floors: Floor[]): Metric[] {
  const one = (what: string, of: keyof ChangeCost & keyof Floor) =>
    metric({
      benchmark: "per-change",
      what: `${what}, one webhook`,
      unit: "",
      raw: costs.map((cost) => cost[of]),
      baseline: { what: "mirror, project and ledger written by hand", raw: floors.map((floor) => floor[of]) },
    });
  const first = costs.at(-1);
  return [
    one("D1 statements", "statements"),
    one("D1 rows read", "rowsRead"),
    {
      ...one("D1 rows written", "rowsWritten"),
      detail: {
        d1_calls: first?.d1Calls,
        d1_ms: costs.map((cost) => cost.d1Ms),
        object_calls: first?.objectCalls,
        queue_messages: first?.queueMessages,
        mycase_requests: first?.mycaseRequests,
      },
    },
  ];
}

function pageFigures(polls: Usage[], bytesPerChange: number): Metric[] {
  const page = (what: string, of: "d1_statements" | "d1_rows_read" | "d1_rows_written" | "d1_ms") =>
    metric({
      benchmark: "per-change",
      what: `${what} for each changed case, ${PAGE} in a poll`,
      unit: "",
      raw: polls.map((usage) => rounded(usage[of] / PAGE)),
    });
  return [
    page("D1 statements", "d1_statements"),
    page("D1 rows read", "d1_rows_read"),
    page("D1 rows written", "d1_rows_written"),
    page("D1 milliseconds", "d1_ms"),
    metric({
      benchmark: "per-change",
      what: "bytes by which D1 grows with each change of a field (the ledger)",
      unit: "B",
      raw: [Math.round(bytesPerChange)],
    }),
  ];
}
