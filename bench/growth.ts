import { type Firm, startFirm } from "./harness/firm.ts";
import { importAll } from "./harness/follow-run.ts";
import { type ChangeCost, changeOne } from "./harness/one-change.ts";
import { type Metric, metric } from "./metric.ts";
import type { Scripts } from "./scripts.ts";

const SIZES = [1_000, 10_000, 100_000];
const CHANGES = 21;
const WARM_UP = 5;

interface Sized {
  cases: number;
  firm: Firm;
  costs: ChangeCost[];
  importSeconds: number;
}

const COSTS: { of: keyof ChangeCost; what: string; unit: string; atMost: number }[] = [
  { of: "ms", what: "one change: the consumer's time", unit: "ms", atMost: 1.5 },
  { of: "mycaseRequests", what: "one change: MyCase requests", unit: "", atMost: 1 },
  { of: "statements", what: "one change: D1 statements", unit: "", atMost: 1 },
  { of: "rowsRead", what: "one change: D1 rows read", unit: "", atMost: 1.5 },
  { of: "rowsWritten", what: "one change: D1 rows written", unit: "", atMost: 1 },
];

/** What one change costs in small and large firms; all three are up, and take turns. */
export async function benchGrowth(scripts: Scripts): Promise<Metric[]> {
  const firms: Sized[] = [];
  try {
    for (const cases of SIZES) {
      const firm = await startFirm({ scriptPath: scripts.measured, cases, webhooks: true, eager: true });
      const sized = { cases, firm, costs: [], importSeconds: 0 };
      firms.push(sized);
      sized.importSeconds = (await importAll(firm)).seconds;
    }
    for (let round = -WARM_UP; round < CHANGES; round++) {
      for (const sized of round % 2 === 0 ? firms : firms.toReversed()) {
        const cost = await changeSome(sized, round + WARM_UP);
        if (round >= 0) sized.costs.push(cost);
      }
    }
  } finally {
    for (const { firm } of firms) await firm.stop();
  }
  const [smallest, ...larger] = firms;
  if (!smallest) return [];
  return [...COSTS.flatMap((cost) => larger.map((sized) => compared(cost, sized, smallest))), importRate(firms)];
}

/** Cases spread over the whole firm. */
function changeSome({ firm, cases }: Sized, round: number): Promise<ChangeCost> {
  const ids = firm.mycase.simulator.core.ordered("cases");
  const caseId = ids[Math.floor((round / (CHANGES + WARM_UP)) * cases)]?.id ?? 0;
  return changeOne(firm, caseId, `Change ${round}`);
}

function compared({ of, what, unit, atMost }: (typeof COSTS)[number], sized: Sized, smallest: Sized): Metric {
  return metric({
    benchmark: "growth",
    what: `${what}, firm of ${sized.cases} cases`,
    unit,
    raw: sized.costs.map((cost) => cost[of]),
    baseline: { what: `in a firm of ${smallest.cases}`, raw: smallest.costs.map((cost) => cost[of]) },
    target: { of: "ratio", atMost },
  });
}

function importRate(firms: Sized[]): Metric {
  const rates = firms.map(({ cases, importSeconds }) => Math.round(cases / importSeconds));
  return metric({
    benchmark: "growth",
    what: `cases imported, of ${firms.at(-1)?.cases}`,
    unit: "/s",
    raw: rates.slice(-1),
    baseline: { what: `of ${firms.at(-2)?.cases}`, raw: rates.slice(-2, -1) },
    target: { of: "ratio", atLeast: 0.8 },
  });
}
