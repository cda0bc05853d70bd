import { errorName } from "../../platform/errors.ts";

const TIMEOUT_MS = 30_000;

export interface ApiRequest {
  method: "GET" | "POST" | "DELETE";
  url: string;
  body?: unknown;
}

export interface ApiResponse {
  status: number;
  headers: Headers;
  /** Parsed JSON; null where there is none. */
  body: unknown;
}

/**
 * One HTTP exchange, read to its end; the error's name when it gave no usable answer: a body that breaks off, or a success
 * that is no JSON, is an outage and no record.
 */
export async function exchange(request: ApiRequest, token: string): Promise<ApiResponse | { error: string }> {
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
    const body = response.ok ? parseBody(text) : parseErrorBody(text);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    return { error: errorName(error) };
  }
}

function parseBody(text: string): unknown {
  return text === "" ? null : JSON.parse(text);
}

function parseErrorBody(text: string): unknown {
  try {
    return parseBody(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
