import type { Context } from "hono";
import { ApiError } from "./errors.ts";

/** The body of a request, if it is a JSON object; else a 400 as documented. */
export async function readJson(c: Context): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new ApiError(400, "The body must be a JSON object.");
}
