import type { Failure } from "../../domain/failure.ts";
import { errorName } from "../../platform/errors.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { Connection, Lane } from "../connection/types.ts";

const TIMEOUT_MS = 30_000;
const ATTEMPTS = 4; // one plain, the others after a refreshed token or a pause that MyCase asked for

export interface Sent {
  status: number;
  headers: Headers;
  body: unknown;
  ticket: number;
}

export interface Outgoing {
  method: "GET" | "POST" | "DELETE";
  url: string;
  lane: Lane;
  /** Whether the answer tells about the connection's permission as a whole. */
  listing: boolean;
  body?: unknown;
}

/**
 * Sends one request under the connection's permit; repeats it after a 401 once, and after a 429 within reason.
 * A 404 and a 403 are answers: what they mean depends on what was asked for.
 */
export async function send(connection: Connection, request: Outgoing): Promise<Result<Sent, Failure>> {
  let refreshed = false;
  let throttled: Failure = { kind: "rate_limited", detail: "MyCase answers 429", retry_after: null };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const permit = await connection.permit(request.lane);
    if (!permit.ok) return permit;
    const answer = await exchange(request, permit.value.token);
    if (!answer.ok) {
      await connection.reportOutcome({ kind: "unavailable", detail: answer.failure.detail });
      return answer;
    }
    const { response, body } = answer.value;
    if (response.status === 429) {
      const retryAfter = retryAfterSeconds(response.headers);
      await connection.reportOutcome({ kind: "throttled", retry_after: retryAfter });
      throttled = { kind: "rate_limited", detail: "MyCase answers 429", retry_after: retryAfter };
      continue;
    }
    if (response.status === 401 && !refreshed) {
      const replaced = await connection.reportUnauthorized(permit.value.token);
      if (!replaced.ok) return replaced;
      refreshed = true;
      continue;
    }
    const failure = await judge(connection, request, response, permit.value.observe);
    if (failure) return err(failure);
    return ok({ status: response.status, headers: response.headers, body, ticket: permit.value.ticket });
  }
  return err(throttled);
}

/** The answer, read to its end: a body that breaks off or is no JSON is an outage, not a record. */
async function exchange(
  request: Outgoing,
  token: string,
): Promise<Result<{ response: Response; body: unknown }, Failure>> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return ok({ response, body: response.ok && text !== "" ? JSON.parse(text) : null });
  } catch (error) {
    const name = errorName(error);
    return err({ kind: "unavailable", detail: `MyCase gave no usable answer (${name})`, retry_after: null });
  }
}

async function judge(
  connection: Connection,
  request: Outgoing,
  response: Response,
  observe: boolean,
): Promise<Failure | null> {
  const { status } = response;
  if (response.ok || status === 404) {
    if (observe) await connection.reportOutcome({ kind: "answered", listing: request.listing });
    return null;
  }
  if (status === 401) return { kind: "unauthorized", detail: "MyCase answers 401 to a token just refreshed" };
  if (status === 403) {
    if (request.listing) await connection.reportOutcome({ kind: "forbidden" });
    return null;
  }
  if (status >= 500) {
    const failure = {
      kind: "unavailable",
      detail: `MyCase answers ${status}`,
      retry_after: retryAfterSeconds(response.headers),
    } as const;
    await connection.reportOutcome(failure);
    return failure;
  }
  return { kind: "refused", detail: `MyCase answers ${status}`, status };
}

/** Seconds of a `Retry-After` header, in either of its forms; null when absent or unreadable. */
function retryAfterSeconds(headers: Headers): number | null {
  const text = headers.get("retry-after");
  if (text === null) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
