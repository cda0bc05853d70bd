import type { Failure } from "../../domain/failure.ts";
import type { RecordMessage } from "../../domain/queue-message.ts";
import type { Resync } from "../../domain/run.ts";
import type { CaseOutcome } from "../../mapping/outcome.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { type Synced, syncRecords } from "../records/sync-records.ts";

/** Does a manual resync and writes into its job what came of it (T1). The failure, if any, is for the queue to judge. */
export async function performResync(context: SyncContext, job: RecordMessage): Promise<Result<null, Failure>> {
  const known = await context.resyncs.get(job.org, job.job);
  if (known && known.state !== "queued" && known.state !== "running") return ok(null);
  await context.resyncs.start(job.org, job.job);
  const [synced] = await syncRecords(context, job.org, [{ model: job.model, id: job.id }], {
    trigger: job.trigger,
    job: job.job,
    lane: "live",
    refreshAllPeople: true,
  });
  if (!synced) throw new Error("a want without a result");
  if (!synced.ok) return synced;
  await context.resyncs.finish(job.org, job.job, resyncEnd(job.id, synced.value), context.now());
  return ok(null);
}

/** Ends the job of a resync that was given up. */
export async function abandonResync(context: SyncContext, job: RecordMessage, failure: Failure): Promise<void> {
  const end = { result: { outcome: failure.kind, changes: [] }, error: { code: failure.kind, detail: failure.detail } };
  await context.resyncs.finish(job.org, job.job, end, context.now());
}

const UNSEEN = new Set(["case_not_found", "case_not_visible"]);

function resyncEnd(caseId: number, synced: Synced): { result: unknown; error: Resync["error"] } {
  const becomes = synced.cases.find((one) => one.case_id === caseId);
  const changes = synced.changes.map(({ entity, entity_id, field, old, new: now }) => ({
    entity,
    id: entity_id,
    field,
    old,
    new: now,
  }));
  const outcome = outcomeOf(becomes, changes.length > 0);
  const result = { outcome, changes, read_at: synced.readAt, message: messageOf(outcome, synced.readAt) };
  const error = UNSEEN.has(outcome) ? { code: outcome, detail: result.message } : null;
  return { result, error };
}

function outcomeOf(becomes: CaseOutcome | undefined, changed: boolean): string {
  if (becomes && becomes.bucket !== "project" && becomes.bucket !== "lead") return becomes.code;
  return changed ? "changed" : "unchanged";
}

function messageOf(outcome: string, readAt: string): string {
  switch (outcome) {
    case "changed":
      return `MyCase was read at ${readAt}; the listed fields now have its values.`;
    case "unchanged":
      return `Nothing changed: MyCase, read at ${readAt}, still has the values that are shown here.`;
    case "case_not_found":
      return `MyCase, asked at ${readAt}, has no such case, or no longer has it.`;
    case "case_not_visible":
      return `MyCase, asked at ${readAt}, does not let this connection see the case.`;
    default:
      return `MyCase was read at ${readAt}; the case is not shown as a project (${outcome}). Explain tells why.`;
  }
}
