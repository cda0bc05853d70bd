import type { Run } from "../../domain/run.ts";
import type { SyncContext } from "../context.ts";
import type { RunCursor } from "./cursor.ts";
import { heldOf } from "./held.ts";
import { queueNextStep } from "./resume.ts";
import { savedCursor } from "./saved-cursor.ts";

/** Lets a held run do what it was held for; null when it is not held. */
export async function approveRun(context: SyncContext, org: string, id: string): Promise<Run | null> {
  const run = await context.runs.get(org, id);
  if (run?.state !== "held") return null;
  const cursor = await approvedCursor(context, run);
  if (!(await context.runs.release(run, cursor, context.now()))) return null;
  const released = await context.runs.get(org, id);
  if (released) await queueNextStep(context, released);
  return released;
}

/** What the decision covers: so few cases, or what was shown of those that are held. */
async function approvedCursor(context: SyncContext, run: Run): Promise<RunCursor> {
  const cursor = await savedCursor(context, run);
  const held = heldOf(run.held);
  if (held?.reason !== "visibility_reduced") return cursor;
  await context.connection(run.org).settleCaseCount(held.visible);
  return { ...cursor, deletionsApproved: true };
}

/**
 * Ends a run that is open; null when there is none of that id. The cases that it held stay as they are until something
 * derives them: an event, or the next run over everything, which asks again.
 */
export async function cancelRun(context: SyncContext, org: string, id: string): Promise<Run | null> {
  const run = await context.runs.get(org, id);
  if (!run) return null;
  const ended = await context.runs.end(run, "cancelled", null, context.now());
  if (ended) await context.heldCases.drop(run);
  if (ended && run.state === "held" && heldOf(run.held)?.reason === "visibility_reduced") {
    await context.connection(org).settleCaseCount(null);
  }
  return context.runs.get(org, id);
}
