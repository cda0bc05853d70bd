import { describe, expect, test } from "vitest";
import { ask, keyFor, openApi } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import { createWorld } from "../support/world.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** Every documented route of an org, with something in the place of its parameters. */
function orgRoutes(org: string): { method: string; path: string }[] {
  const paths = Object.entries(openApi().paths ?? {}).filter(([path]) => path.startsWith("/v1/orgs/{org}"));
  return paths.flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace("{org}", org).replaceAll(/\{\w+\}/g, "100"),
    })),
  );
}

test("R11: every route of an org requires a valid key, and answers another org's key as if the org did not exist", async () => {
  const [own, other] = [await createWorld(), await createWorld()];
  const key = await keyFor(other, "admin");
  const all = orgRoutes(own.org);
  expect(all.length).toBeGreaterThan(30);
  const wrong: string[] = [];
  for (const { method, path } of all) {
    const none = await ask(own, method, path, { key: null });
    const unknown = await ask(own, method, path, { key: "mcs_unknown" });
    const foreign = await ask(own, method, path, { key });
    const nowhere = await ask(own, method, path.replace(own.org, "no-such-org"), { key });
    if (none.status !== 401 || !none.headers.get("www-authenticate"))
      wrong.push(`${method} ${path} without a key: ${none.status}`);
    if (unknown.status !== 401) wrong.push(`${method} ${path} with an unknown key: ${unknown.status}`);
    if (foreign.status !== 404) wrong.push(`${method} ${path} with another org's key: ${foreign.status}`);
    if (JSON.stringify(foreign.body) !== JSON.stringify(nowhere.body))
      wrong.push(`${method} ${path} tells that the org exists`);
  }
  expect(wrong).toEqual([]);
});

test("R11: nothing that one org's key, job, mapping or webhook does shows in another org's rows", async () => {
  const [own, other] = [await smallFirm(), await smallFirm()];
  const before = JSON.stringify([
    await other.rows("projects"),
    await other.rows("contacts"),
    await other.rows("changes"),
  ]);
  const listed = async () => {
    const lists = ["projects", "contacts", "leads", "team-members"].map((list) =>
      ask(other, "GET", `/v1/orgs/${other.org}/${list}`),
    );
    return JSON.stringify((await Promise.all(lists)).map(({ body }) => body));
  };
  const listedBefore = await listed();
  own.simulator.edit.update("cases", 100, { name: "Only ours" }, { silent: true });
  await ask(own, "POST", `/v1/orgs/${own.org}/projects/100/resync`);
  await own.drain();
  expect((await own.rows("projects"))[0]).toMatchObject({ name: "Only ours" });
  expect(await listed()).toBe(listedBefore);
  await ask(own, "DELETE", `/v1/orgs/${own.org}`);
  expect(await own.rows("projects")).toEqual([]);
  expect(
    JSON.stringify([await other.rows("projects"), await other.rows("contacts"), await other.rows("changes")]),
  ).toBe(before);
});

describe("scopes", () => {
  test("sync and admin include read, admin includes sync, and nothing more", async () => {
    const world = await smallFirm();
    const statuses = async (scope: string) => {
      const key = await keyFor(world, scope);
      const org = `/v1/orgs/${world.org}`;
      return [
        (await ask(world, "GET", `${org}/projects`, { key })).status,
        (await ask(world, "POST", `${org}/projects/100/resync`, { key })).status,
        (await ask(world, "GET", `${org}/api-keys`, { key })).status,
        (await ask(world, "GET", "/v1/orgs", { key })).status,
      ];
    };
    expect(await statuses("read")).toEqual([200, 403, 403, 403]);
    expect(await statuses("sync")).toEqual([200, 202, 403, 403]);
    expect(await statuses("admin")).toEqual([200, 202, 200, 403]);
  });

  test("a key is shown once, kept as a hash, noted when used, and worth nothing once revoked", async () => {
    const world = await createWorld();
    const key = await keyFor(world, "read");
    const path = `/v1/orgs/${world.org}/api-keys`;
    expect((await ask(world, "GET", `/v1/orgs/${world.org}`, { key })).status).toBe(200);
    const { body } = await ask(world, "GET", path);
    expect(JSON.stringify(body)).not.toContain(key);
    expect(body.data[0].last_used_at).toMatch(/^20/);
    expect(JSON.stringify(await world.rows("api_keys"))).not.toContain(key);
    expect((await ask(world, "DELETE", `${path}/${body.data[0].id}`)).status).toBe(204);
    expect((await ask(world, "GET", `/v1/orgs/${world.org}`, { key })).status).toBe(401);
  });
});

test("R6: synced rows cannot be edited, and the answer names MyCase as the place", async () => {
  const world = await smallFirm();
  const before = await world.rows("projects");
  for (const path of ["projects/100", "contacts/1", "leads/case:1", "team-members/11"]) {
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      const { status, body } = await ask(world, method, `/v1/orgs/${world.org}/${path}`, { body: { name: "x" } });
      expect([path, method, status, body.code]).toEqual([path, method, 405, "read_only"]);
      expect(body.detail).toContain("MyCase");
    }
  }
  expect(await world.rows("projects")).toEqual(before);
});
