import { type Firm, startFirm } from "./harness/firm.ts";
import { followRun, importAll } from "./harness/follow-run.ts";
import { watchNames } from "./harness/watch-names.ts";
import { editCases } from "./load/edit-cases.ts";
import { type Metric, metric } from "./metric.ts";
import type { Scripts } from "./scripts.ts";

const PER_SECOND = 20;
const LATENCY_MS = 50;
const LONGEST_WAIT_S = 60;

/** From the edit in MyCase until the project's row shows it, alone and beside a full import of the same org. */
export async function benchChangeToVisible(scripts: Scripts): Promise<Metric[]> {
  const alone = await inFirm(scripts, 2_000, async (firm) => {
    await importAll(firm);
    return { quiet: await measure(firm, "Alone", 30) };
  });
  const beside = await inFirm(scripts, 20_000, async (firm) => {
    const first = await whileRunning(firm, "First", firm.connect());
    const again = await whileRunning(firm, "Again", firm.post("/v1/orgs/demo/runs", { kind: "backfill" }));
    return { first, again, quiet: await measure(firm, "Quiet", 15) };
  });
  const what = `at ${PER_SECOND} changes/s`;
  return [
    ...figuresOf(`${what}, firm of 2,000`, alone.quiet),
    ...figuresOf(`${what}, firm of 20,000`, beside.quiet),
    ...figuresOf(`${what}, firm of 20,000, beside its first import`, beside.first, beside.quiet),
    ...figuresOf(`${what}, firm of 20,000, beside a repeated backfill`, beside.again, beside.quiet),
  ];
}

async function inFirm<T>(scripts: Scripts, cases: number, work: (firm: Firm) => Promise<T>): Promise<T> {
  const firm = await startFirm({ scriptPath: scripts.product, cases, latencyMs: LATENCY_MS, webhooks: true });
  try {
    return await work(firm);
  } finally {
    await firm.stop();
  }
}

/** Measures for as long as the backfill goes on that `begin` has begun. */
async function whileRunning(firm: Firm, label: string, begin: Promise<unknown>): Promise<number[]> {
  await begin;
  let running = true;
  const ended = followRun(firm, "backfill").then(() => {
    running = false;
  });
  const waits = await measure(firm, label, 120, () => !running);
  await ended;
  return waits;
}

/** Milliseconds of each change. */
async function measure(firm: Firm, label: string, seconds: number, until?: () => boolean): Promise<number[]> {
  const { simulator } = firm.mycase;
  const all = simulator.core.ordered("cases").map((record) => record.id);
  const caseIds = all.map((_, index) => all[(index * 7919) % all.length] ?? 0); // spread over the whole firm
  const watch = watchNames(firm);
  await editCases(simulator, {
    caseIds,
    events: PER_SECOND * seconds,
    perSecond: PER_SECOND,
    label,
    onEdit: watch.expect,
    ...(until ? { until } : {}),
  });
  return watch.finish(LONGEST_WAIT_S);
}

function figuresOf(what: string, waits: number[], baseline?: number[]): Metric[] {
  return [50, 95, 99].map((percent) =>
    metric({
      benchmark: "change-to-visible",
      what: `p${percent} ${what}`,
      unit: "ms",
      target: baseline ? { of: "ratio", atMost: 1.5 } : { of: "value", atMost: 5_000 },
      raw: [percentile(waits, percent)],
      ...(baseline ? { baseline: { what: "the same firm without it", raw: [percentile(baseline, percent)] } } : {}),
      ...(percent === 50 ? { detail: { changes: waits.length, ms: waits } } : {}),
    }),
  );
}

function percentile(values: number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}
