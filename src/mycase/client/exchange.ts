import type { Failure } from "../../domain/failure.ts";
import { errorName } from "../../platform/errors.ts";
import { err, ok, type Result } from "../../platform/result.ts";

const TIMEOUT_MS = 30_000;

export interface ApiRequest {
  method: "GET" | "POST" | "DELETE";
  url: string;
  body?: unknown;
}

export interface ApiResponse {
  status: number;
  headers: Headers;
  body: unknown;
}

/** One HTTP exchange, read to its end: a body that breaks off or is no JSON is an outage, not a record. */
export async function exchange(request: ApiRequest, token: string): Promise<Result<ApiResponse, Failure>> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: "manual", // the token must not follow to another host
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const body: unknown = response.ok && text !== "" ? JSON.parse(text) : null;
    return ok({ status: response.status, headers: response.headers, body });
  } catch (error) {
    const detail = `MyCase gave no usable answer (${errorName(error)})`;
    return err({ kind: "unavailable", detail, retry_after: null });
  }
}
