import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

export interface InputError {
  path: string;
  message: string;
}

/** Further members of a problem; `errors` for bad input. */
export type ProblemExtra = { errors?: InputError[]; retryAfter?: number } & Record<string, unknown>;

/** A refusal or failure for the caller; thrown by routes and answered by the error handler. */
export class Problem extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly extra: ProblemExtra;

  constructor(status: ContentfulStatusCode, code: string, detail: string, extra: ProblemExtra = {}) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  410: "Gone",
  412: "Precondition failed",
  413: "Content too large",
  415: "Unsupported media type",
  422: "Unprocessable content",
  429: "Too many requests",
  500: "Internal server error",
  502: "Bad gateway",
  503: "Service unavailable",
};

/** An RFC 9457 answer. `code` is stable, `detail` is for people. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  detail: string,
  extra: ProblemExtra = {},
): Response {
  const { retryAfter, ...members } = extra;
  const body = {
    type: `urn:mycase-sync:problem:${code}`,
    title: TITLES[status] ?? "Error",
    status,
    detail,
    code,
    ...members,
  };
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="mycase-sync"';
  return c.body(JSON.stringify(body), status, headers);
}
