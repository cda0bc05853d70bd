import { takeRows, writeRows } from "./harness/baseline.ts";
import { startFirm } from "./harness/firm.ts";
import { importAll } from "./harness/follow-run.ts";
import { forgetPeak, type Memory, memoryOf } from "./harness/workerd-process.ts";
import { type Metric, metric, rounded } from "./metric.ts";
import type { Scripts } from "./scripts.ts";

const ROUNDS = 3;
const CASES = 20_000;

/** A first import, against merely writing the rows that it leaves behind. */
export async function benchBackfill(scripts: Scripts): Promise<Metric[]> {
  const imports: Imported[] = [];
  const ceilings: number[] = [];
  let chunks: Awaited<ReturnType<typeof takeRows>> = [];
  const subject = async (last: boolean) => {
    const firm = await startFirm({ scriptPath: scripts.product, cases: CASES });
    try {
      forgetPeak(firm.worker.pid);
      const idle = memoryOf(firm.worker.pid);
      const { run, seconds } = await importAll(firm);
      imports.push({ seconds, rowsWritten: run.rows_written, idle, after: memoryOf(firm.worker.pid) });
      if (chunks.length === 0 && !last) chunks = await takeRows(firm.worker.db);
    } finally {
      await firm.stop();
    }
  };
  const baseline = async () => ceilings.push(await writeRows(scripts.insertOnly, chunks));
  for (let round = 0; round < ROUNDS; round++) {
    const turns = round % 2 === 0 ? [subject, baseline] : [baseline, subject];
    for (const turn of turns) await turn(round === ROUNDS - 1);
  }
  return [
    metric({
      benchmark: "backfill",
      what: `cases imported, of ${CASES}`,
      unit: "/s",
      raw: imports.map((one) => Math.round(CASES / one.seconds)),
      baseline: {
        what: "the same rows written by hand-made INSERT ... SELECT FROM json_each, 1,000 a statement",
        raw: ceilings.map((seconds) => Math.round(CASES / seconds)),
      },
      target: { of: "ratio", atLeast: 0.4 },
      detail: { import_s: imports.map((one) => rounded(one.seconds)), ceiling_s: ceilings.map(rounded) },
    }),
    ...memoryFigures(imports),
  ];
}

interface Imported {
  seconds: number;
  rowsWritten: number;
  idle: Memory | null;
  after: Memory | null;
}

/** All of workerd: the worker's isolate, D1 and the queues, which production keeps elsewhere, and garbage not yet collected. */
function memoryFigures(imports: Imported[]): Metric[] {
  const known = imports.flatMap(({ idle, after }) => (idle && after ? [{ idle, after }] : []));
  if (known.length === 0) return [];
  return [
    metric({
      benchmark: "backfill",
      what: "workerd's peak memory above idle (the whole process)",
      unit: "MB",
      raw: known.map(({ idle, after }) => after.peak_mb - idle.now_mb),
      baseline: { what: "idle", raw: known.map(({ idle }) => idle.now_mb) },
      target: { of: "value", atMost: 128 },
    }),
  ];
}
