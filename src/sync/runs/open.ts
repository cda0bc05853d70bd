import type { Failure } from "../../domain/failure.ts";
import type { Run } from "../../domain/run.ts";
import { RUN_KINDS, type RunKind, type RunTrigger } from "../../domain/run-kinds.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { missingAccess } from "../connection/access.ts";
import type { SyncContext } from "../context.ts";
import { currentConfig, type VersionedConfig } from "../org-config.ts";
import { firstCursor, type RunCursor } from "./cursor.ts";
import { isStale } from "./resume.ts";
import { stagesOf } from "./stages.ts";

export interface OpenOptions {
  trigger: RunTrigger;
  /** While access has to be granted again: refuse, or open the run and let it wait. Waits unless told otherwise. */
  whenNoAccess?: "fail" | "wait";
  /** Skip the blast guard where somebody has seen the effects. Evaluated unless told otherwise. */
  guard?: "evaluate" | "skip";
  /** Whoever opens the run goes on with it at once. */
  begun?: boolean;
}

/** The run of the kind that is in flight, opened if there was none; `idle` when nobody is at it, and no message on its way. */
export async function openRun(
  context: SyncContext,
  org: string,
  kind: RunKind,
  { trigger, whenNoAccess = "wait", guard = "evaluate", begun = false }: OpenOptions,
): Promise<Result<{ run: Run; idle: boolean }, Failure>> {
  const missing = RUN_KINDS[kind].asksMyCase ? await missingAccess(context, org) : null;
  if (missing && (missing.kind === "not_connected" || whenNoAccess === "fail")) return err(missing);
  const versioned = await currentConfig(context, org);
  if (!versioned) return err({ kind: "not_found", detail: "Org not found" });
  if (kind === "mapping") await cancelOutdatedDerivation(context, org, versioned.config_version);
  const cursor = await initialCursor(context, { org, kind, guard }, versioned);
  const { run, opened } = await context.runs.open(org, { kind, trigger, cursor, begun }, context.now());
  // Webhooks heal with a nightly, and with the backfill that follows a restore; a new connection has just made them.
  const healsWebhooks = kind === "nightly" || (kind === "backfill" && trigger !== "connect");
  if (opened && healsWebhooks) await context.enqueue([{ kind: "subscribe", org }]);
  return ok({ run, idle: opened || isStale(run, context.now()) });
}

/** The beginning of a run of this kind, as the org is now. */
export async function initialCursor(
  context: SyncContext,
  { org, kind, guard }: { org: string; kind: RunKind; guard: "evaluate" | "skip" },
  { config }: VersionedConfig,
): Promise<RunCursor> {
  const { derivesAll } = RUN_KINDS[kind];
  const guarded = guard === "evaluate" && (!derivesAll || (await context.scans.anyPresentCase(org)));
  return firstCursor(stagesOf(kind, { pullLeads: config.pullLeadObjects, guarded }), { guarded });
}

/** A held derivation was evaluated with the configuration of then; with a newer one its diff is stale. */
async function cancelOutdatedDerivation(context: SyncContext, org: string, evaluatedBefore: number): Promise<void> {
  const which = { kind: "mapping", heldOnly: true, evaluatedBefore, by: "configuration" } as const;
  await context.runs.supersede(org, which, context.now());
}
