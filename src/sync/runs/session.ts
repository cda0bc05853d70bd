import { mergeProgress, type Run, type RunProgress } from "../../domain/run.ts";
import { RUN_KINDS } from "../../domain/run-kinds.ts";
import type { SyncContext } from "../context.ts";
import type { RunCursor } from "./cursor.ts";
import type { Held } from "./held.ts";

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
  private savedAt: number;
  private pending: RunProgress | null = null;

  constructor(context: SyncContext, run: Run) {
    this.context = context;
    this.saved = run;
    this.savedAt = this.now();
  }

  private now(): number {
    return this.context.now().getTime();
  }

  /** The run as far as it has come; null once it has ended, was held or cancelled, or somebody else goes on with it. */
  get run(): Run | null {
    const { saved, pending } = this;
    if (!saved || (saved.state !== "queued" && saved.state !== "running")) return null;
    if (!pending) return saved;
    return { ...saved, cursor: pending.cursor, done: saved.done + pending.done, total: pending.total ?? saved.total };
  }

  /** Says that the run is being worked on, unless that was said a moment ago. */
  async begin(): Promise<void> {
    const run = this.saved;
    if (!run) return;
    const now = this.context.now();
    const age = Math.abs(now.getTime() - Date.parse(run.heartbeat_at)); // a postponed run's lies ahead
    if (run.state === "running" && age <= HEARTBEAT_FRESH_MS) return;
    await this.context.runs.heartbeat(run, now, true);
    this.saved = {
      ...run,
      state: "running",
      started_at: run.started_at ?? now.toISOString(),
      heartbeat_at: now.toISOString(),
    };
  }

  /** A step has been done. */
  async add(step: RunProgress): Promise<null> {
    this.pending = this.pending ? mergeProgress(this.pending, step) : step;
    const long = this.saved !== null && RUN_KINDS[this.saved.kind].lane === "bulk";
    const matters = step.cursor === null || step.rows_written > 0 || this.now() - this.savedAt > PENDING_MS;
    if (long || matters) await this.save();
    return null;
  }

  /** Stops until somebody decides. */
  async hold({ held, cursor }: { held: Held; cursor: RunCursor }): Promise<null> {
    await this.save();
    if (this.saved) await this.context.runs.hold(this.saved, { held, cursor }, this.context.now());
    this.saved = null;
    return null;
  }

  /** Saves what is carried, and gives the run as it is then. */
  async save(): Promise<Run | null> {
    const { saved, pending } = this;
    if (saved && pending) {
      this.pending = null;
      this.saved = await this.context.runs.advance(saved, pending, this.context.now());
      this.savedAt = this.now();
    }
    return this.run;
  }
}
