import type { Failure } from "../../domain/failure.ts";
import type { Gate } from "../../platform/concurrency.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { Connection, Lane } from "../connection/types.ts";
import { type ApiRequest, type ApiResponse, exchange } from "./exchange.ts";
import { retryAfterSeconds } from "./retry-after.ts";
import { type StatusMeaning, statusMeaning } from "./status-meaning.ts";

const MAX_ATTEMPTS = 4; // one plain, the others after a refreshed token or a pause that MyCase asked for

export interface Outgoing extends ApiRequest {
  lane: Lane;
  /** A listing tells whether MyCase is up, an essential one also whether the permission is there; a single record neither. */
  listing: "essential" | "optional" | null;
}

/** What MyCase answered, for the caller to judge; `ticket` was drawn before the request left. */
export type Answer = { ticket: number } & (
  | (ApiResponse & { meaning: Exclude<StatusMeaning, "unauthorized" | "throttled" | "unavailable"> })
  | { meaning: "unavailable"; detail: string; retry_after: number | null }
);

/** Sends one request under the connection's permit; repeats it once after a 401, and after a 429 within reason. */
export async function send(
  connection: Connection,
  request: Outgoing,
  { now, gate }: { now: () => Date; gate: Gate },
): Promise<Result<Answer, Failure>> {
  const listing = request.listing !== null;
  const essential = request.listing === "essential";
  let refreshed = false;
  let throttled: Failure = { kind: "rate_limited", detail: "MyCase answers 429", retry_after: null };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const permit = await connection.permit(request.lane);
    if (!permit.ok) return permit;
    const { token, ticket, observe } = permit.value;
    const response = await gate(() => exchange(request, token)); // its timeout begins once a connection is free
    if ("error" in response) {
      const detail = `MyCase gave no usable answer (${response.error})`;
      await connection.reportOutcome({ kind: "unavailable", detail, listing });
      return ok({ ticket, meaning: "unavailable", detail, retry_after: null });
    }
    const { status, headers, body } = response;
    const meaning = statusMeaning(status, body);
    switch (meaning) {
      case "answered":
      case "not_found":
        if (observe) await connection.reportOutcome({ kind: "answered", listing: essential });
        return ok({ ...response, ticket, meaning });
      case "forbidden":
        if (essential) await connection.reportOutcome({ kind: "forbidden" });
        return ok({ ...response, ticket, meaning });
      case "refused":
        return ok({ ...response, ticket, meaning });
      case "throttled": {
        const retryAfter = retryAfterSeconds(status, headers, now());
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
        await connection.reportOutcome({ kind: "unavailable", detail, listing });
        return ok({ ticket, meaning, detail, retry_after: retryAfterSeconds(status, headers, now()) });
      }
    }
  }
  return err(throttled);
}
