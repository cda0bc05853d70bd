import { mergeProgress, type Run, type RunProgress } from "../../domain/run.ts";
import type { SyncContext } from "../context.ts";
import type { MappingPreview } from "../mapping/change-mapping.ts";
import { laneOf } from "./lane-of.ts";

const PENDING_MS = 1_000;
const HEARTBEAT_FRESH_MS = 10_000; // a run counts as lost after a minute

/**
 * A run while one message goes on with it. Each step of a long run is saved when it is done. In a short one, what a step
 * adds that wrote nothing is carried along, and saved with the next that did, or soon: were it lost, a few reads would be
 * repeated.
 */
export class RunSession {
  private readonly context: SyncContext;
  private saved: Run | null;
  private savedAt = Date.now();
  private pending: RunProgress | null = null;

  constructor(context: SyncContext, run: Run) {
    this.context = context;
    this.saved = run;
  }

  /** The run as far as it has come; null once it has ended, was held or cancelled, or somebody else goes on with it. */
  get run(): Run | null {
    const { saved, pending: carried } = this;
    if (!saved || (saved.state !== "queued" && saved.state !== "running")) return null;
    if (!carried) return saved;
    return { ...saved, cursor: carried.cursor, done: saved.done + carried.done, total: carried.total ?? saved.total };
  }

  /** Says that the run is being worked on, unless that was said a moment ago. */
  async begin(): Promise<void> {
    const run = this.saved;
    if (!run) return;
    const now = this.context.now();
    const heard = Math.abs(Date.now() - Date.parse(run.heartbeat_at));
    if (run.state === "running" && heard <= HEARTBEAT_FRESH_MS) return;
    await this.context.runs.heartbeat(run, now, true);
    this.saved = {
      ...run,
      state: "running",
      started_at: run.started_at ?? now.toISOString(),
      heartbeat_at: now.toISOString(),
    };
  }

  /** A step has been done. */
  async note(step: RunProgress): Promise<void> {
    this.pending = this.pending ? mergeProgress(this.pending, step) : step;
    const matters = step.cursor === null || step.rows_written > 0 || Date.now() - this.savedAt > PENDING_MS;
    if (matters || (this.saved && laneOf(this.saved.kind) === "bulk")) await this.save();
  }

  /** Stops before the step at hand, until somebody decides. */
  async hold(stop: { held: MappingPreview; cursor: unknown }): Promise<null> {
    await this.save();
    if (this.saved) await this.context.runs.hold(this.saved, stop, this.context.now());
    this.saved = null;
    return null;
  }

  /** Saves what is carried, and gives the run as it is then. */
  async save(): Promise<Run | null> {
    const { saved, pending: carried } = this;
    if (saved && carried) {
      this.pending = null;
      this.saved = await this.context.runs.advance(saved, carried, this.context.now());
      this.savedAt = Date.now();
    }
    return this.run;
  }
}
