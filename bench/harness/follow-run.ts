import { setTimeout as pause } from "node:timers/promises";
import type { Firm, Run } from "./firm.ts";

const LOOK_EVERY_MS = 50;

/** Waits for the newest run of a kind to end well. */
export async function followRun(firm: Firm, kind: string): Promise<Run> {
  for (;;) {
    const run = await newestRun(firm, kind);
    if (run?.state === "succeeded") return run;
    if (run && !["queued", "running"].includes(run.state)) throw new Error(`${kind} ended as ${run.state}`);
    await pause(LOOK_EVERY_MS);
  }
}

async function newestRun(firm: Firm, kind: string): Promise<Run | undefined> {
  const { data } = await firm.get<{ data: Run[] }>("/v1/orgs/demo/runs?limit=20");
  return data.find((run) => run.kind === kind);
}

/** Connects a firm and waits until everything is imported; the seconds that took. */
export async function importAll(firm: Firm): Promise<{ run: Run; seconds: number }> {
  const started = performance.now();
  await firm.connect();
  const run = await followRun(firm, "backfill");
  return { run, seconds: (performance.now() - started) / 1000 };
}

/** Starts a run and waits until it has ended well. */
export async function runToItsEnd(firm: Firm, kind: string): Promise<Run> {
  const { run: begun } = await firm.post<{ run: Run }>("/v1/orgs/demo/runs", { kind });
  const ended = await followRun(firm, kind);
  if (ended.id !== begun.id) throw new Error(`another ${kind} came in between`);
  return ended;
}
