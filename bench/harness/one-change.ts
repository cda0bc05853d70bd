import { setTimeout as pause } from "node:timers/promises";
import type { Usage } from "../worker/meter.ts";
import type { Firm } from "./firm.ts";

/** What one change of one case cost, from its webhook to its commit. */
export interface ChangeCost {
  /** The consumer's time, without the webhook endpoint's and the queue's. */
  ms: number;
  mycaseRequests: number;
  statements: number;
  rowsRead: number;
  rowsWritten: number;
  d1Calls: number;
  /** What D1 says that its queries took. */
  d1Ms: number;
  objectCalls: number;
  queueMessages: number;
}

const LONGEST_WAIT_MS = 20_000;

/** Renames a case in MyCase and waits until the webhook's work is done; nothing else may be going on. */
export async function changeOne(firm: Firm, caseId: number, name: string): Promise<ChangeCost> {
  const { simulator } = firm.mycase;
  await firm.usage();
  simulator.log.clear();
  simulator.edit.update("cases", caseId, { name });
  const used = await usageOfBatch(firm);
  const row = await firm.worker.db
    .prepare("SELECT name FROM projects WHERE org_id = 'demo' AND case_id = ?1")
    .bind(caseId)
    .first<{ name: string }>();
  if (row?.name !== name) throw new Error(`case ${caseId} is not called ${name}`);
  return {
    ms: used.batches.reduce((sum, batch) => sum + batch.ms, 0),
    mycaseRequests: simulator.log.count(({ path }) => path.startsWith("/v1/")),
    statements: used.d1_statements,
    rowsRead: used.d1_rows_read,
    rowsWritten: used.d1_rows_written,
    d1Calls: used.d1_calls,
    d1Ms: used.d1_ms,
    objectCalls: used.object_calls,
    queueMessages: used.queue_messages,
  };
}

async function usageOfBatch(firm: Firm): Promise<Usage> {
  let sum: Usage | null = null;
  for (const started = performance.now(); performance.now() - started < LONGEST_WAIT_MS; ) {
    const used = await firm.usage();
    sum = sum === null ? used : add(sum, used);
    if (sum.batches.length > 0) return sum;
    await pause(10);
  }
  throw new Error("no batch was taken from the queue");
}

function add(one: Usage, other: Usage): Usage {
  const sums = (Object.keys(one) as (keyof Usage)[])
    .filter((name) => name !== "batches")
    .map((name) => [name, Number(one[name]) + Number(other[name])]);
  return { ...(Object.fromEntries(sums) as Usage), batches: [...one.batches, ...other.batches] };
}
