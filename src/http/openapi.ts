import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "./app-env.ts";
import { referencePage } from "./reference-page.ts";

const INFO = {
  openapi: "3.1.0",
  info: {
    title: "mycase-sync",
    version: "1.0.0",
    description:
      "A law firm's MyCase cases, people and leads, kept in near real time as the projects of a client portal.",
  },
};

/** The OpenAPI document, made from the schemas that validate, and a page to read it. */
export function registerOpenApi(app: OpenAPIHono<AppEnv>): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    description: "The admin key, or a key of the org",
  });
  app.get("/openapi.json", (c) => c.json(app.getOpenAPI31Document(INFO)));
  app.get("/docs", (c) => c.html(referencePage(app.getOpenAPI31Document(INFO))));
}
