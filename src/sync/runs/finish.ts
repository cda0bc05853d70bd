import type { ListingTrouble } from "../../db/stores/listing-trouble-store.ts";
import type { Failure } from "../../domain/failure.ts";
import type { RunMessage } from "../../domain/queue-message.ts";
import type { Model } from "../../domain/resources.ts";
import type { Run } from "../../domain/run.ts";
import { RUN_KINDS, type RunKind } from "../../domain/run-kinds.ts";
import type { SyncContext } from "../context.ts";
import { nextStage, type RunCursor } from "./cursor.ts";
import { startRun } from "./start.ts";

/** The troubles that are over when a run of the kind has ended without meeting them. */
const TROUBLES_JUDGED_BY = {
  backfill: ["forbidden", "deletions_unchecked"],
  nightly: ["forbidden", "deletions_unchecked"],
  poll: ["forbidden"],
  team: [],
  mapping: [],
} as const satisfies Record<RunKind, readonly ListingTrouble["kind"][]>;

/** Where the run goes on when its stages are done: it shows what it holds, or ends (null). */
export async function afterLastStage(context: SyncContext, run: Run, cursor: RunCursor): Promise<RunCursor | null> {
  if (!cursor.finished) await finishRun(context, run, cursor);
  if (!cursor.guard?.exceeded) return null;
  return nextStage({ ...cursor, upcoming: [{ kind: "review" }], finished: true });
}

/**
 * Does what the end of a run's last stage calls for. A run that derived everything says with which configuration; where
 * that changed meanwhile, everything is derived again (a renamed group concerns people whom MyCase does not report as
 * changed). What other runs held has then been done, or is held by this one.
 */
async function finishRun(context: SyncContext, run: Run, cursor: RunCursor): Promise<void> {
  for (const [model, at] of Object.entries(cursor.readTo)) await context.cursors.move(run.org, model as Model, at);
  const { derivesAll } = RUN_KINDS[run.kind];
  const judged = TROUBLES_JUDGED_BY[run.kind];
  if (judged.length > 0) await context.listingTroubles.forgetOthers(run, judged);
  if (derivesAll && cursor.configVersion !== null) await context.orgs.setDerived(run.org, cursor.configVersion);
  const versions = await context.orgs.configVersion(run.org);
  const due = versions !== null && versions.derived < versions.config_version;
  if (due && run.kind !== "mapping") await startRun(context, run.org, "mapping", { trigger: run.kind });
  if (!due && derivesAll) await context.runs.supersede(run.org, { heldOnly: true, by: run.kind }, context.now());
}

/** Ends the run whose step was given up. */
export async function failRun(context: SyncContext, message: RunMessage, failure: Failure): Promise<void> {
  const run = await context.runs.get(message.org, message.run);
  const error = { code: failure.kind, detail: failure.detail, at: context.now().toISOString() };
  if (run && run.step === message.step) await context.runs.end(run, "failed", error, context.now());
}
