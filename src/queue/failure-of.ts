import { databaseErrorIn, databaseFailure } from "../db/errors.ts";
import type { Failure } from "../domain/failure.ts";
import { errorName, stackFrames } from "../platform/errors.ts";
import { log } from "../platform/log.ts";

/** What a thrown error means for the message whose work threw it. */
export function failureOf(error: unknown): Failure {
  const databaseError = databaseErrorIn(error);
  if (databaseError) return databaseFailure(databaseError);
  log("error", "queue.unexpected", { error: errorName(error), stack: stackFrames(error) });
  return { kind: "unexpected", detail: `an unexpected ${errorName(error)}` };
}
