import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, keyFor, openApi } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import { MAPPING, type World } from "../support/world.ts";
import { deepJson, hostileJson, hostileText, mutated } from "./hostile.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

interface Route {
  method: string;
  path: string;
}

/** Every documented route: a new one is fuzzed by being documented. */
const ROUTES: Route[] = Object.entries(openApi().paths ?? {}).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({ method: method.toUpperCase(), path })),
);

/** Deletes the org or its connection, or asks MyCase to be connected: right, and not what is looked for here. */
const DESTRUCTIVE = new Set(["DELETE /v1/orgs/{org}", "DELETE /v1/orgs/{org}/connection"]);

const TABLES = [
  "orgs",
  "projects",
  "contacts",
  "leads",
  "team_members",
  "project_contacts",
  "changes",
  "mapping_versions",
];

/** How the rows stand; bookkeeping such as `last_used_at` apart. */
async function digest({ env }: World): Promise<string> {
  const counts = await env.DB.batch<Record<string, unknown>>(
    TABLES.map((table) =>
      env.DB.prepare(
        table === "orgs"
          ? "SELECT id, name, timezone, default_country, pull_lead_objects, mapping_version FROM orgs ORDER BY id"
          : `SELECT * FROM ${table} ORDER BY 1, 2, 3`,
      ),
    ),
  );
  return JSON.stringify(counts.map((one) => one.results));
}

/** Nothing may break: no 5xx, a problem for every refusal, and no change by what was refused. */
async function holds(world: World, before: string, route: string, answer: Awaited<ReturnType<typeof ask>>) {
  const { status, headers, body } = answer;
  expect(status, `${route} ${JSON.stringify(body).slice(0, 300)}`).toBeLessThan(500);
  if (status < 400) return digest(world);
  expect(headers.get("content-type"), route).toBe("application/problem+json");
  expect(body, route).toMatchObject({ status, code: expect.any(String), title: expect.any(String) });
  expect(await digest(world), `${route} was refused with ${status} and changed something`).toBe(before);
  return before;
}

function filled(path: string, org: string, value: string): string {
  return path.replace("{org}", org).replaceAll(/\{\w+\}/g, () => encoded(value));
}

/** A lone surrogate cannot be sent in an address at all. */
function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed()) || "%20";
}

const parameters = fc.record({
  value: hostileText,
  query: fc.dictionary(
    fc.constantFrom(
      "limit",
      "cursor",
      "q",
      "type",
      "phase",
      "status",
      "enabled",
      "after",
      "number",
      "staff_id",
      "hours",
      "org",
      "code",
      "confirm",
      "deleted",
    ),
    hostileText,
    { maxKeys: 4 },
  ),
  body: fc.option(hostileJson, { nil: undefined }),
  contentType: fc.constantFrom(
    "application/json",
    "text/plain",
    "application/xml",
    "multipart/form-data",
    "application/json; charset=utf-16",
    "",
  ),
  idempotencyKey: fc.option(fc.constantFrom("", "x".repeat(300), "k"), { nil: null }),
});

test("no route answers 5xx, refuses without a problem, or changes anything by what it refuses, whatever it is sent", async () => {
  const world = await smallFirm();
  const key = await keyFor(world, "admin");
  let before = await digest(world);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ROUTES), parameters, async ({ method, path }, given) => {
      const route = `${method} ${path}`;
      if (DESTRUCTIVE.has(route)) return;
      const search = new URLSearchParams(
        Object.entries(given.query).map(([name, value]) => [name, value.toWellFormed()]),
      );
      const answer = await ask(world, method, `${filled(path, world.org, given.value)}?${search}`, {
        key,
        ...(method === "GET" || given.body === undefined ? {} : { body: given.body }),
        headers: {
          ...(given.contentType === "" ? {} : { "content-type": given.contentType }),
          ...(given.idempotencyKey === null ? {} : { "idempotency-key": given.idempotencyKey }),
        },
      });
      before = await holds(world, before, route, answer);
    }),
    { numRuns: 700 },
  );
}, 120_000);

test("a malformed address, and a body that is not JSON, too deep or too large, are refused like everything else", async () => {
  const world = await smallFirm();
  let before = await digest(world);
  const bodies = [
    "",
    "{",
    "null",
    "[]",
    '"x"',
    deepJson(20_000),
    `{"a":${deepJson(5_000)}}`,
    '{"id":"a","id":"b"}',
    "\u0000",
    `"${"x".repeat(1_100_000)}"`,
  ];
  for (const { method, path } of ROUTES) {
    const route = `${method} ${path}`;
    if (DESTRUCTIVE.has(route)) continue;
    for (const value of ["%", "%zz", "%C0%AF", "%00", "..%2f..", "%E2%80%AE"]) {
      const raw = path.replace("{org}", world.org).replaceAll(/\{\w+\}/g, value);
      if (raw === path.replace("{org}", world.org)) break;
      before = await holds(world, before, `${method} ${raw}`, await ask(world, method, raw));
    }
    if (method === "GET") continue;
    for (const body of bodies) {
      const answer = await ask(world, method, filled(path, world.org, "100"), { body });
      if (answer.status >= 400) before = await holds(world, before, `${route} ${body.slice(0, 20)}`, answer);
      else before = await digest(world);
    }
  }
}, 120_000);

test("a mapping with one place in it spoiled is refused with the place, or is another mapping that holds", async () => {
  const world = await smallFirm();
  const path = `/v1/orgs/${world.org}/mapping`;
  await fc.assert(
    fc.asyncProperty(fc.nat(), hostileJson, async (pick, replacement) => {
      const answer = await ask(world, "POST", `${path}/preview`, { body: mutated(MAPPING, { pick, replacement }) });
      expect([200, 400, 413, 422], JSON.stringify(answer.body)).toContain(answer.status);
      if (answer.status === 422) expect(answer.body.errors.length).toBeGreaterThan(0);
    }),
    { numRuns: 150 },
  );
}, 120_000);

test("a method that an address does not have is 405 with those it has, with a key and without", async () => {
  const world = await smallFirm();
  const paths = new Map<string, string[]>();
  for (const { method, path } of ROUTES) paths.set(path, [...(paths.get(path) ?? []), method]);
  for (const [path, methods] of paths) {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
      if (methods.includes(method)) continue;
      const keys = /\/(projects|contacts|leads|team-members)\/\{\w+\}$/.test(path) ? [undefined] : [undefined, null];
      for (const key of keys) {
        const asked = { ...(key === null ? { key } : {}) };
        const { status, headers, body } = await ask(world, method, filled(path, world.org, "100"), asked);
        expect([status, headers.get("content-type")], `${method} ${path}`).toEqual([405, "application/problem+json"]);
        expect(["method_not_allowed", "read_only"]).toContain(body.code);
        expect(headers.get("allow")?.split(", ")).toEqual(expect.arrayContaining(methods));
      }
    }
  }
  expect((await ask(world, "GET", "/v1/nowhere")).status).toBe(404);
}, 120_000);
