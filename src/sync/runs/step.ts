import type { Failure } from "../../domain/failure.ts";
import type { Run, RunProgress } from "../../domain/run.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import type { Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import type { CursorOf, RunCursor } from "./cursor.ts";
import type { Held } from "./held.ts";
import type { StageKind } from "./stages.ts";

/** What a step is given: the run, how far its stage has come, and a client that counts the step's own requests. */
export interface StepInput<K extends StageKind> {
  context: SyncContext;
  run: Run;
  cursor: RunCursor;
  stage: CursorOf<K>;
  mycase: MyCase;
}

/** What a step added to its run; its requests are counted by its client. */
export type StepProgress = Pick<RunProgress, "done" | "counts" | "rows_written" | "errors">;

/** Where the run goes on after a step; or why a person has to decide first, and where it goes on then. */
export type StepResult =
  | { kind: "advanced"; cursor: RunCursor; progress: StepProgress }
  | { kind: "held"; cursor: RunCursor; held: Held };

export type Step<K extends StageKind> = (input: StepInput<K>) => Promise<Result<StepResult, Failure>>;

export function progress(added: Partial<StepProgress>): StepProgress {
  return { done: 0, counts: {}, rows_written: 0, errors: [], ...added };
}
