import { expect, test } from "vitest";
import { ask, openApi, routes } from "../support/api.ts";
import { createWorld } from "../support/world.ts";

const METHODS = ["get", "post", "put", "patch", "delete"];

// biome-ignore lint/suspicious/noExplicitAny: the document is walked whatever its shape
type Node = any;

/** Calls `visit` for every schema with members, and where it stands. */
function visitSchemas(node: Node, place: string, visit: (schema: Node, place: string) => void): void {
  if (typeof node !== "object" || node === null) return;
  if (typeof node.properties === "object" && node.type !== undefined) visit(node, place);
  for (const [name, value] of Object.entries(node)) {
    if (name !== "example" && name !== "examples") visitSchemas(value, `${place}/${name}`, visit);
  }
}

function operations(): Node[] {
  return Object.entries<Node>(openApi().paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ path, method, ...item[method] })),
  );
}

test("every member and every parameter of the API is described", () => {
  const missing: string[] = [];
  visitSchemas(openApi(), "", ({ properties }, place) => {
    for (const [name, schema] of Object.entries<Node>(properties)) {
      const referenced = schema.$ref ?? schema.allOf?.[0]?.$ref;
      if (!schema.description && !referenced) missing.push(`${place}/${name}`);
    }
  });
  for (const { path, method, parameters = [] } of operations()) {
    for (const { name, description } of parameters) if (!description) missing.push(`${method} ${path} ${name}`);
  }
  expect(missing).toEqual([]);
});

test("every operation has an id of its own, one of the described tags, and nothing of the inside", () => {
  const document = openApi();
  const ids = operations().map(({ operationId }) => operationId);
  expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = new Map(document.tags?.map(({ name, description }) => [name, description]));
  for (const operation of operations()) {
    expect(tags.get(operation.tags[0]), operation.operationId).toBeTruthy();
    expect(Object.keys(operation)).not.toContain("middleware");
  }
  expect(document.servers).toHaveLength(1);
});

test("the OpenAPI document names every route, and every reference in it leads somewhere", async () => {
  const world = await createWorld();
  const { body } = await ask(world, "GET", "/openapi.json", { key: null });
  expect(body.openapi).toBe("3.1.0");
  const documented = new Set(
    Object.entries(openApi().paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    ),
  );
  const registered = routes()
    .filter(({ method, path }) => method !== "ALL" && /^.(v1|webhooks)/.test(path))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  const readOnly = /\/(projects|contacts|leads|team-members)\/\{id\}$/;
  expect([...new Set(registered)].filter((one) => !documented.has(one) && !readOnly.test(one))).toEqual([]);
  const text = JSON.stringify(body);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    expect(Object.keys(body.components.schemas)).toContain(name);
  const docs = await ask(world, "GET", "/docs", { key: null });
  expect(docs.body).toContain("/v1/orgs/{org}/projects");
});
