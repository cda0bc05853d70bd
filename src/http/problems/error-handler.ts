import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { databaseErrorIn, isNotMigrated } from "../../db/errors.ts";
import { errorName, stackFrames } from "../../platform/errors.ts";
import { log } from "../../platform/log.ts";
import { Problem, problem } from "./problem.ts";

/** Turns every error into a problem; an unexpected one is logged without its message, which may quote a record. */
export function handleError(error: Error, c: Context): Response {
  if (error instanceof Problem) return problem(c, error.status, error.code, error.message, error.extra);
  if (error instanceof HTTPException) {
    const detail = error.message || "Unreadable request";
    const code = CODES[error.status] ?? "refused";
    return problem(c, error.status as 400, code, detail, { errors: [{ path: "", message: detail }] });
  }
  const databaseError = databaseErrorIn(error);
  if (databaseError) {
    log("error", "http.storage", { kind: databaseError.kind, code: databaseError.code });
    if (isNotMigrated(databaseError)) return problem(c, 503, "not_migrated", "D1 (DB): migrations not applied");
    return problem(c, 503, "storage_unavailable", "Database unavailable; try again", { retryAfter: 5 });
  }
  log("error", "http.unexpected", { error: errorName(error), stack: stackFrames(error) });
  return problem(c, 500, "internal", "Internal error");
}

const CODES: Record<number, string> = { 400: "invalid_request", 415: "unsupported_media_type" };
