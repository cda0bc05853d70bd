import type { Failure } from "../../domain/failure.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { Connection, Lane } from "../connection/types.ts";
import { type ApiRequest, type ApiResponse, exchange } from "./exchange.ts";
import { retryAfterSeconds } from "./retry-after.ts";
import { statusMeaning } from "./status-meaning.ts";

const MAX_ATTEMPTS = 4; // one plain, the others after a refreshed token or a pause that MyCase asked for

export interface Outgoing extends ApiRequest {
  lane: Lane;
  /** Whether the answer tells about the connection's permission as a whole. */
  listing: boolean;
}

/** An answer that is not a failure of the connection; `ticket` was drawn before the request left. */
export interface Answer extends ApiResponse {
  ticket: number;
}

/**
 * Sends one request under the connection's permit; repeats it once after a 401, and after a 429 within reason.
 * A 404 and a 403 are answers: what they mean depends on what was asked for.
 */
export async function send(
  connection: Connection,
  request: Outgoing,
  now: () => Date,
): Promise<Result<Answer, Failure>> {
  let refreshed = false;
  let throttled: Failure = { kind: "rate_limited", detail: "MyCase answers 429", retry_after: null };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const permit = await connection.permit(request.lane);
    if (!permit.ok) return permit;
    const { token, ticket, observe } = permit.value;
    const response = await exchange(request, token);
    if (!response.ok) {
      await connection.reportOutcome({ kind: "unavailable", detail: response.failure.detail });
      return response;
    }
    const { status, headers } = response.value;
    const answer = ok({ ...response.value, ticket });
    switch (statusMeaning(status)) {
      case "answered":
      case "not_found":
        if (observe) await connection.reportOutcome({ kind: "answered", listing: request.listing });
        return answer;
      case "forbidden":
        if (request.listing) await connection.reportOutcome({ kind: "forbidden" });
        return answer;
      case "throttled": {
        const retryAfter = retryAfterSeconds(headers, now());
        await connection.reportOutcome({ kind: "throttled", retry_after: retryAfter });
        throttled = { ...throttled, retry_after: retryAfter };
        continue;
      }
      case "unauthorized": {
        if (refreshed) return err({ kind: "unauthorized", detail: "MyCase answers 401 to a token just refreshed" });
        const replaced = await connection.reportUnauthorized(token);
        if (!replaced.ok) return replaced;
        refreshed = true;
        continue;
      }
      case "unavailable": {
        const detail = `MyCase answers ${status}`;
        await connection.reportOutcome({ kind: "unavailable", detail });
        return err({ kind: "unavailable", detail, retry_after: retryAfterSeconds(headers, now()) });
      }
      case "refused":
        return err({ kind: "refused", detail: `MyCase answers ${status}`, status });
    }
  }
  return err(throttled);
}
