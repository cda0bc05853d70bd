import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { referencePage } from "./reference-page.ts";
import { TAGS } from "./tags.ts";

const DOCUMENT = {
  openapi: "3.1.0",
  info: {
    title: "mycase-sync",
    version: "1.0.0",
    description:
      "A law firm's MyCase cases, people and leads, kept in near real time as the projects of a client portal.",
    license: { name: "Proprietary", identifier: "LicenseRef-Proprietary" },
  },
  servers: [{ url: "/", description: "This deployment" }],
  tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
};

/** The OpenAPI document, made from the schemas that validate. */
export function openApiDocument(app: OpenAPIHono<AppEnv>) {
  return app.getOpenAPI31Document(DOCUMENT);
}

/** Serves the document, and a page to read it; both are made once for an isolate. */
export function registerOpenApi(app: OpenAPIHono<AppEnv>): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    description: "The admin key, or a key of the org",
  });
  const document = once(() => JSON.stringify(openApiDocument(app)));
  const page = once(() => referencePage(openApiDocument(app)));
  app.get("/openapi.json", (c) => c.body(document(), 200, { "content-type": "application/json" }));
  app.get("/docs", (c) => c.html(page()));
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
