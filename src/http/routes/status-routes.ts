import type { OpenAPIHono } from "@hono/zod-openapi";
import { readConfig } from "../../config.ts";
import type { AppEnv } from "../app-env.ts";
import { cachedDatabaseProblems } from "../cached-readiness.ts";
import { defineRoute, json, z } from "../define-route.ts";
import { Problem } from "../problems/problem.ts";

const statusSchema = <S extends string>(status: S, description: string) =>
  z.object({ status: z.literal(status).openapi({ description }) });

export function registerStatusRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "public",
      {
        method: "get",
        path: "/health",
        operationId: "getHealth",
        tags: ["Status"],
        summary: "Check that the worker runs; uses no other service",
      },
      { 200: json(statusSchema("ok", "Always `ok`"), "It runs") },
    ),
    (c) => c.json({ status: "ok" as const }, 200),
  );

  app.openapi(
    defineRoute(
      "public",
      {
        method: "get",
        path: "/ready",
        operationId: "getReadiness",
        tags: ["Status"],
        summary: "Check that configuration, database and migrations are in place",
      },
      { 200: json(statusSchema("ready", "Always `ready`"), "Everything is in place") },
    ),
    async (c) => {
      const config = readConfig(c.env);
      const database = c.env.DB ? await cachedDatabaseProblems(c.env.DB) : [];
      const missing = [...(config.ok ? [] : config.failure), ...database];
      if (missing.length > 0) {
        const detail = missing.map(({ name, message }) => `${name} ${message}`).join("; ");
        const errors = missing.map(({ name, message }) => ({ path: name, message }));
        throw new Problem(503, "not_ready", detail, { missing, errors });
      }
      return c.json({ status: "ready" as const }, 200);
    },
  );
}
