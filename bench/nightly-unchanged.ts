import { startFirm } from "./harness/firm.ts";
import { importAll, runToItsEnd } from "./harness/follow-run.ts";
import { type Metric, metric, rounded } from "./metric.ts";
import type { Scripts } from "./scripts.ts";
import type { Usage } from "./worker/meter.ts";

const CASES = 20_000;
const ROUNDS = 3;

/** A nightly over a firm in which nothing has changed, against the import of that firm. */
export async function benchNightlyUnchanged(scripts: Scripts): Promise<Metric[]> {
  const firm = await startFirm({ scriptPath: scripts.measured, cases: CASES });
  try {
    const imported = await importAll(firm);
    await firm.usage();
    const rates: number[] = [];
    const rowsWritten: number[] = [];
    const requests: number[] = [];
    const usages: Usage[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now();
      const run = await runToItsEnd(firm, "nightly");
      rates.push(Math.round(CASES / ((performance.now() - started) / 1000)));
      rowsWritten.push(run.rows_written);
      requests.push(run.mycase_requests);
      usages.push(await firm.usage());
    }
    const perThousand = (value: number) => rounded((value / CASES) * 1000);
    return [
      metric({
        benchmark: "nightly-unchanged",
        what: `unchanged cases looked through, of ${CASES}`,
        unit: "/s",
        raw: rates,
        baseline: { what: "the first import of the same firm", raw: [Math.round(CASES / imported.seconds)] },
      }),
      metric({
        benchmark: "nightly-unchanged",
        what: "rows of mirror, projects and ledger written",
        unit: "",
        raw: rowsWritten,
        target: { of: "value", atMost: 0 },
      }),
      metric({
        benchmark: "nightly-unchanged",
        what: "D1 rows written in all (the run's own bookkeeping)",
        unit: "",
        raw: usages.map((one) => one.d1_rows_written),
        baseline: { what: "cases", raw: [CASES] },
      }),
      metric({
        benchmark: "nightly-unchanged",
        what: "D1 rows read per 1,000 cases",
        unit: "",
        raw: usages.map((one) => perThousand(one.d1_rows_read)),
      }),
      metric({
        benchmark: "nightly-unchanged",
        what: "MyCase requests of the whole run",
        unit: "",
        raw: requests,
        baseline: { what: "of the first import", raw: [imported.run.mycase_requests] },
      }),
    ];
  } finally {
    await firm.stop();
  }
}
