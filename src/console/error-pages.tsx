import { createMiddleware } from "hono/factory";
import type { StatusCode } from "hono/utils/http-status";
import { z } from "zod";
import type { AppEnv } from "../http/app-env.ts";
import { ErrorPage } from "./pages/error/page.tsx";

const problemText = z.object({ title: z.string(), detail: z.string() });

/** Shows a browser the problem that a route answered with as a page. */
export const errorPages = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  if (!c.res.headers.get("content-type")?.startsWith("application/problem+json")) return;
  const { title, detail } = problemText.parse(await c.res.json());
  c.status(c.res.status as StatusCode);
  c.res = await c.html(<ErrorPage title={title} detail={detail} org={c.req.param("org") ?? null} />);
});
