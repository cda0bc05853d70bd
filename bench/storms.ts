import { setTimeout as pause } from "node:timers/promises";
import { type Firm, startFirm } from "./harness/firm.ts";
import { importAll } from "./harness/follow-run.ts";
import { editCases } from "./load/edit-cases.ts";
import { type Metric, metric } from "./metric.ts";
import type { Scripts } from "./scripts.ts";

const EVENTS = 1_000;
const SECONDS = 9;
const ROUNDS = 2;
const LONGEST_WAIT_S = 120;
const QUIET_MS = 1_500; // longer than a batch waits: nothing more is on its way

/** A thousand changes within ten seconds, of one case and of a thousand: what they cost at MyCase until every row is right. */
export async function benchStorms(scripts: Scripts): Promise<Metric[]> {
  const firm = await startFirm({ scriptPath: scripts.measured, cases: 1_500, webhooks: true });
  try {
    await importAll(firm);
    const one: Storm[] = [];
    const many: Storm[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const turns = [
        async () => one.push(await storm(firm, 1, `One ${round},`)),
        async () => many.push(await storm(firm, EVENTS, `Many ${round},`)),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
    return [figureOf(`${EVENTS} events on one case`, one), figureOf(`${EVENTS} events on ${EVENTS} cases`, many)];
  } finally {
    await firm.stop();
  }
}

interface Storm {
  requests: number;
  batches: number;
  /** From the last event until every row was right. */
  settledAfterS: number;
  statements: number;
}

async function storm(firm: Firm, cases: number, label: string): Promise<Storm> {
  const { simulator } = firm.mycase;
  const caseIds = simulator.core
    .ordered("cases")
    .slice(0, cases)
    .map((record) => record.id);
  simulator.log.clear();
  await firm.usage();
  await editCases(simulator, { caseIds, events: EVENTS, perSecond: EVENTS / SECONDS, label });
  const ended = performance.now();
  while ((await wrongRows(firm, caseIds)) > 0) {
    if (performance.now() - ended > LONGEST_WAIT_S * 1000) throw new Error(`${label}: the rows stay wrong`);
    await pause(50);
  }
  const settledAfterS = (performance.now() - ended) / 1000;
  await quiet(firm);
  const usage = await firm.usage();
  const requests = simulator.log.count(({ method }) => method === "GET");
  return { requests, batches: usage.batches.length, settledAfterS, statements: usage.d1_statements };
}

async function wrongRows(firm: Firm, caseIds: number[]): Promise<number> {
  const names = caseIds.map((id) => [id, firm.mycase.simulator.firm.cases.get(id)?.name]);
  const found = await firm.worker.db
    .prepare(
      `SELECT count(*) AS wrong FROM json_each(?1) j
       LEFT JOIN projects p ON p.org_id = 'demo' AND p.case_id = j.value ->> 0 WHERE p.name IS NOT j.value ->> 1`,
    )
    .bind(JSON.stringify(names))
    .first<{ wrong: number }>();
  return found?.wrong ?? names.length;
}

/** Waits until MyCase has not been asked for a while. */
async function quiet({ mycase }: Firm): Promise<void> {
  await mycase.simulator.webhooks.idle();
  for (let before = -1; before !== mycase.simulator.log.entries.length; ) {
    before = mycase.simulator.log.entries.length;
    await pause(QUIET_MS);
  }
}

function figureOf(what: string, storms: Storm[]): Metric {
  return metric({
    benchmark: "storms",
    what: `MyCase requests for ${what} in ${SECONDS} s`,
    unit: "",
    raw: storms.map((one) => one.requests),
    baseline: { what: "one read for each event (counted, not run)", raw: [EVENTS] },
    target: { of: "value", atMost: 20 },
    detail: {
      batches: storms.map((one) => one.batches),
      d1_statements: storms.map((one) => one.statements),
      right_after_last_event_s: storms.map((one) => Number(one.settledAfterS.toFixed(2))),
    },
  });
}
