import type { Run } from "../../domain/run.ts";
import type { SyncContext } from "../context.ts";
import { queueNextStep } from "./resume.ts";
import { savedCursor } from "./saved-cursor.ts";

/** Lets a held run do what it was held for; null when it is not held. */
export async function approveRun(context: SyncContext, org: string, id: string): Promise<Run | null> {
  const run = await context.runs.get(org, id);
  if (run?.state !== "held") return null;
  const cursor = await savedCursor(context, run);
  if (!(await context.runs.release(run, { ...cursor, approved: true }, context.now()))) return null;
  const released = await context.runs.get(org, id);
  if (released) await queueNextStep(context, released);
  return released;
}

/** Ends a run that is open; null when there is none of that id. */
export async function cancelRun(context: SyncContext, org: string, id: string): Promise<Run | null> {
  const run = await context.runs.get(org, id);
  if (run) await context.runs.end(run, "cancelled", null, context.now());
  return run && context.runs.get(org, id);
}
