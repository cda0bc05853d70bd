import type { Run } from "../../domain/run.ts";
import { log } from "../../platform/log.ts";
import type { SyncContext } from "../context.ts";
import { currentConfig } from "../org-config.ts";
import { firstCursor, type RunCursor, runCursor } from "./cursor.ts";
import { initialCursor } from "./open.ts";

/** Where a run goes on. A cursor that another version of this program saved may mean nothing here: the run starts over. */
export async function savedCursor(context: SyncContext, run: Run): Promise<RunCursor> {
  const parsed = runCursor.safeParse(run.cursor);
  if (parsed.success) return parsed.data;
  log("warn", "run.restarted", { org: run.org, run: run.id, kind: run.kind, step: run.step });
  const versioned = await currentConfig(context, run.org);
  const decided = run.trigger === "mapping_change" || run.state === "held"; // somebody has seen what it does
  const guard = decided ? "skip" : "evaluate";
  return versioned
    ? initialCursor(context, { org: run.org, kind: run.kind, guard }, versioned)
    : firstCursor([], { guarded: false });
}
