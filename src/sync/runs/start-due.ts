import type { Failure } from "../../domain/failure.ts";
import type { StartJob } from "../../domain/job.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { isNightlyDue } from "./nightly-due.ts";
import { startRun } from "./start-run.ts";

/** Starts the run that cron found due. The message may come late, or twice: a nightly that has been is not done again. */
export async function startDue(context: SyncContext, { org, run }: StartJob): Promise<Result<null, Failure>> {
  const clockwork = await context.orgs.clockwork(org);
  if (!clockwork) return ok(null); // the org is gone
  if (run === "nightly" && !isNightlyDue(context.now(), clockwork.timezone, clockwork.last_full_at)) return ok(null);
  const started = await startRun(context, org, run, "cron");
  return started.ok ? ok(null) : started;
}
