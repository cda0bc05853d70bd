import type { Failure } from "../../domain/failure.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { ApiResponse } from "./exchange.ts";
import type { Answer } from "./send.ts";

export type Success = ApiResponse & { ticket: number };

/** For what is no record by id, everything but a success is a failure. */
export function expectSuccess(sent: Result<Answer, Failure>): Result<Success, Failure> {
  if (!sent.ok) return sent;
  const answer = sent.value;
  switch (answer.meaning) {
    case "answered":
      return ok(answer);
    case "not_found":
    case "forbidden":
      return err({ kind: answer.meaning, detail: `MyCase answers ${answer.status}` });
    case "refused":
      return err({ kind: "refused", detail: `MyCase answers ${answer.status}`, status: answer.status });
    case "unavailable":
      return err({ kind: "unavailable", detail: answer.detail, retry_after: answer.retry_after });
  }
}

/** The answer's body as its wire schema reads it. */
export function parseAnswer<T>(
  sent: Result<Answer, Failure>,
  wire: { safeParse(body: unknown): { success: true; data: T } | { success: false } },
): Result<T, Failure> {
  const answer = expectSuccess(sent);
  if (!answer.ok) return answer;
  const parsed = wire.safeParse(answer.value.body);
  return parsed.success ? ok(parsed.data) : err({ kind: "malformed", detail: "MyCase's answer has an unknown form" });
}

/** `Item-Count`: how many records the whole listing has; null when MyCase does not say. */
export function itemCount(headers: Headers): number | null {
  const text = headers.get("item-count");
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** MyCase's own clock when it answered, ISO 8601 UTC; ours when it does not say. */
export function servedAt(headers: Headers, now: Date): string {
  const date = Date.parse(headers.get("date") ?? "");
  return (Number.isNaN(date) ? now : new Date(date)).toISOString();
}
