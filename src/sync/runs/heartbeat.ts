import type { Run } from "../../domain/run.ts";
import { errorName } from "../../platform/errors.ts";
import { log } from "../../platform/log.ts";
import type { SyncContext } from "../context.ts";

const HEARTBEAT_INTERVAL_MS = 20_000; // a run counts as lost after a minute

/** Keeps the run from being taken for lost while a step takes its time, however long that is. */
export async function withHeartbeat<T>(context: SyncContext, run: Run, work: () => Promise<T>): Promise<T> {
  const running = { ...run, state: "running" as const };
  let beat = Promise.resolve();
  const timer = setInterval(() => {
    beat = beat
      .then(() => context.runs.heartbeat(running, context.now(), true))
      .catch((error) => log("warn", "run.heartbeat", { org: run.org, run: run.id, error: errorName(error) }));
  }, HEARTBEAT_INTERVAL_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await beat; // a late heartbeat must not undo a postponement
  }
}
