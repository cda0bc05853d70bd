import type { Failure } from "../../domain/failure.ts";
import type { RunMessage } from "../../domain/queue-message.ts";
import type { Run, RunKind } from "../../domain/run.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { missingAccess } from "../connection/access.ts";
import type { SyncContext } from "../context.ts";
import { currentConfig } from "../org-config.ts";
import { firstCursor, runCursor } from "./cursor.ts";
import { laneOf } from "./lane-of.ts";
import { stagesOf } from "./stages.ts";

const STALE_AFTER_MS = 60_000; // a run without a sign of life for this long is taken up again

/** The trigger of a run that somebody asked for over the API, and who is told when it cannot be. */
export const ASKED_FOR = "api";

/** The trigger of a mapping's own run: what it does was foretold when the mapping was stored. */
const CONFIRMED = "mapping";

/** Starts a run, or gives the one of its kind that is in flight; one whose work was lost is taken up again. */
export async function startRun(
  context: SyncContext,
  org: string,
  kind: RunKind,
  trigger: string,
): Promise<Result<Run, Failure>> {
  const opened = await openRun(context, org, kind, { trigger, begun: false });
  if (!opened.ok) return opened;
  const { run, idle } = opened.value;
  if (idle) await resumeRun(context, run);
  return ok(run);
}

/** The run of the kind that is in flight, opened if there was none; `idle` when nobody is at it, and no message on its way. */
export async function openRun(
  context: SyncContext,
  org: string,
  kind: RunKind,
  { trigger, begun }: { trigger: string; begun: boolean },
): Promise<Result<{ run: Run; idle: boolean }, Failure>> {
  if (kind !== "mapping") {
    const missing = await missingAccess(context, org); // what nobody has asked for waits for a new grant
    if (missing && (missing.kind === "not_connected" || trigger === ASKED_FOR)) return err(missing);
  }
  const dated = await currentConfig(context, org);
  if (!dated) return err({ kind: "not_found", detail: "Org not found" });
  const weighed = kind === "backfill" || kind === "nightly" || (kind === "mapping" && trigger !== CONFIRMED);
  const guarded = weighed && (await context.scans.anyPresentCase(org));
  const cursor = firstCursor(stagesOf(kind, { pullLeads: dated.config.pullLeadObjects, guarded }));
  if (kind === "mapping") await cancelStaleHeldRuns(context, org, dated.config_version);
  const { run, opened } = await context.runs.open(org, { kind, trigger, cursor, begun }, context.now());
  // Webhooks heal with a nightly, and with the backfill that follows a restore; a new connection has just made them.
  const healsWebhooks = kind === "nightly" || (kind === "backfill" && trigger !== "connect");
  if (opened && healsWebhooks) await context.enqueue([{ kind: "subscribe", org }]);
  return ok({ run, idle: opened || isLost(run, context.now()) });
}

/** A derivation that is held was weighed with the configuration of then; with a newer one somebody has to see the new effects. */
async function cancelStaleHeldRuns(context: SyncContext, org: string, weighedBefore: number): Promise<void> {
  const which = { kind: "mapping", heldOnly: true, weighedBefore, by: "configuration" } as const;
  await context.runs.supersede(org, which, context.now());
}

/** Queues the step that is next. Safe to repeat: a step that has been done is passed over. */
async function resumeRun(context: SyncContext, run: Run): Promise<void> {
  await context.runs.heartbeat(run, context.now(), false);
  await queueStep(context, run, run.step);
}

/** Queues one step. A poll never waits behind what lists everything: it carries what webhooks missed. */
export async function queueStep(context: SyncContext, run: Run, step: number): Promise<void> {
  await context.enqueue([stepJob(run, step)]);
}

export function stepJob({ org, id, kind }: Run, step: number): RunMessage {
  return { kind: "run", org, run: id, step, lane: laneOf(kind) };
}

/**
 * Starts the run that applies a mapping which somebody has seen the effects of. What an earlier derivation was to do, held
 * or not, was among those effects: this run takes its place.
 */
export async function startConfirmed(context: SyncContext, org: string): Promise<Result<Run, Failure>> {
  await context.runs.supersede(org, { kind: "mapping", heldOnly: false, by: "mapping" }, context.now());
  return startRun(context, org, "mapping", CONFIRMED);
}

/** Takes up every run, of any org, whose work was lost. */
export async function reclaimStaleRuns(context: SyncContext): Promise<number> {
  const now = context.now();
  const lost = await context.runs.reclaimStale(new Date(now.getTime() - STALE_AFTER_MS), now);
  await context.enqueue(lost.map((run) => stepJob(run, run.step)));
  return lost.length;
}

/** Takes up the org's runs that wait for a connection. */
export async function resumeRuns(context: SyncContext, org: string): Promise<void> {
  for (const run of await context.runs.working(org)) await resumeRun(context, run);
}

/** Ends the run whose step was given up. */
export async function failRun(context: SyncContext, job: RunMessage, failure: Failure): Promise<void> {
  const run = await context.runs.get(job.org, job.run);
  const error = { code: failure.kind, detail: failure.detail, at: context.now().toISOString() };
  if (run && run.step === job.step) await context.runs.end(run, "failed", error, context.now());
}

/** The run's step waits in its queue: it is not lost until that time is over. */
export async function postponeRun(context: SyncContext, job: RunMessage, seconds: number): Promise<void> {
  const run = await context.runs.get(job.org, job.run);
  if (run) await context.runs.heartbeat(run, new Date(context.now().getTime() + seconds * 1000), false);
}

/** Lets a held run do what it was held for; null when it is not held. */
export async function approveRun(context: SyncContext, org: string, id: string): Promise<Run | null> {
  const run = await context.runs.get(org, id);
  if (run?.state !== "held") return null;
  const cursor = { ...runCursor.parse(run.cursor), approved: true };
  if (!(await context.runs.release(run, cursor, context.now()))) return null;
  await queueStep(context, run, run.step + 1);
  return context.runs.get(org, id);
}

/** Ends a run that is open; null when there is none of that id. */
export async function cancelRun(context: SyncContext, org: string, id: string): Promise<Run | null> {
  const run = await context.runs.get(org, id);
  if (run) await context.runs.end(run, "cancelled", null, context.now());
  return run && context.runs.get(org, id);
}

function isLost(run: Run, now: Date): boolean {
  return run.state !== "held" && now.getTime() - Date.parse(run.heartbeat_at) > STALE_AFTER_MS;
}
