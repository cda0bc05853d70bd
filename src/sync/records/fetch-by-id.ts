import type { Failure } from "../../domain/failure.ts";
import type { Read } from "../../domain/read.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import { inParallel } from "../../platform/concurrency.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import type { RecordRef } from "./record-ref.ts";

/** For each record the read that has an answer for it, or why there is none. */
export type Fetched = Map<RecordRef, Result<Read, Failure>>;

type RecordFailure = Extract<Failure, { kind: "unavailable" }> & { record: { ticket: number } };

export const MAX_CONCURRENT_READS = 5; // a Worker may hold six connections open; one stays free for the database
const MAX_RECORD_ATTEMPTS = 5;

/**
 * Reads each record by its id. One that MyCase answers with an error again and again, while it answers others, is set
 * aside: its read says `unreadable`. While MyCase answers nothing at all, nothing is counted against the records.
 */
export async function fetchById(
  context: SyncContext,
  mycase: MyCase,
  { org, refs }: { org: string; refs: RecordRef[] },
): Promise<Fetched> {
  const fetched: Fetched = new Map(
    await inParallel(
      refs,
      MAX_CONCURRENT_READS,
      async (ref) => [ref, await mycase.readRecord(ref.model, ref.id)] as const,
    ),
  );
  const failing = [...fetched].flatMap(([ref, answer]) =>
    !answer.ok && isOfRecord(answer.failure) ? [{ ref, failure: answer.failure }] : [],
  );
  if (failing.length === 0) return fetched;
  const outage = await findOutage(mycase, fetched);
  if (outage) {
    for (const { ref } of failing) fetched.set(ref, err(outage));
    return fetched;
  }
  const records = failing.map(({ ref }) => ref);
  const attempts = await context.recordFailures.add(org, records, context.now());
  for (const [index, { ref, failure }] of failing.entries()) {
    if ((attempts[index] ?? 0) >= MAX_RECORD_ATTEMPTS) fetched.set(ref, ok(unreadable(ref, failure, context.now())));
  }
  return fetched;
}

/** Whether only this record's read failed: work on others can go on. */
export function isOfRecord(failure: Failure): failure is RecordFailure {
  return failure.kind === "unavailable" && failure.record !== undefined;
}

/** Why MyCase answers nothing; null when it has answered for another record, or answers a listing. */
async function findOutage(mycase: MyCase, fetched: Fetched): Promise<Failure | null> {
  if ([...fetched.values()].some((answer) => answer.ok)) return null;
  const counted = await mycase.count("case");
  return counted.ok || counted.failure.kind === "forbidden" ? null : counted.failure;
}

function unreadable({ model, id }: RecordRef, { detail, record }: RecordFailure, now: Date): Read {
  const absent = [{ id, state: "unreadable" as const, detail }];
  return { model, shape: "record", ticket: record.ticket, at: now.toISOString(), records: [], absent };
}
