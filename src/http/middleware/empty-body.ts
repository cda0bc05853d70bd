import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-env.ts";

/** For bodies that may be left out: many clients name a content type although they send nothing. */
export const emptyBodyIsNone = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.header("content-type") !== undefined && (await c.req.text()) === "") {
    const headers = new Headers(c.req.raw.headers);
    headers.delete("content-type");
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers });
  }
  await next();
});
