import type { Failure } from "../../domain/failure.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { resumeResyncs } from "../resync/request-resync.ts";
import { resumeRuns } from "../runs/resume.ts";
import { startRun } from "../runs/start.ts";
import { ensureSubscriptions } from "../webhooks/subscriptions.ts";

/** What a new connection begins with: subscriptions, the work that waited for access, the first import. */
export async function startWork(context: SyncContext, org: string): Promise<Result<null, Failure>> {
  const subscribed = await ensureSubscriptions(context, org);
  if (!subscribed.ok) await context.enqueue([{ kind: "subscribe", org }]);
  await resumeResyncs(context, org);
  await resumeRuns(context, org);
  const started = await startRun(context, org, "backfill", { trigger: "connect" });
  return started.ok ? ok(null) : started;
}
