import type { OpenAPIHono } from "@hono/zod-openapi";
import { readConfig } from "../../config.ts";
import { openDatabase } from "../../db/database.ts";
import { databaseProblems } from "../../db/reads/readiness.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { Problem } from "../problem.ts";

const health = defineRoute(
  "nobody asked",
  { method: "get", path: "/health", tags: ["Status"], summary: "Whether the worker runs; touches nothing" },
  { 200: json(z.object({ status: z.literal("ok") }), "It runs") },
);

const ready = defineRoute(
  "nobody asked",
  {
    method: "get",
    path: "/ready",
    tags: ["Status"],
    summary: "Whether configuration, database and migrations are in place",
  },
  { 200: json(z.object({ status: z.literal("ready") }), "Everything is in place") },
);

export function registerStatusRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(health, (c) => c.json({ status: "ok" as const }, 200));
  app.openapi(ready, async (c) => {
    const config = readConfig(c.env);
    const missing = config.ok ? [] : config.failure;
    const database = c.env.DB ? await databaseProblems(openDatabase(c.env.DB)) : [];
    const all = [...missing, ...database];
    if (all.length > 0) {
      const detail = all.map(({ name, message }) => `${name} ${message}`).join("; ");
      throw new Problem(503, "not_ready", detail, {
        missing: all,
        errors: all.map(({ name, message }) => ({ path: name, message })),
      });
    }
    return c.json({ status: "ready" as const }, 200);
  });
}
