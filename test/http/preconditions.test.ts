import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import { createWorld, MAPPING } from "../support/world.ts";

test("of two editors of a mapping the second is refused with 412, and nothing changes", async () => {
  const world = await createWorld();
  const path = `/v1/orgs/${world.org}/mapping`;
  await ask(world, "PUT", path, { body: MAPPING });
  const tag = (await ask(world, "GET", path)).headers.get("etag") ?? "";
  const headers = { "if-match": tag };
  const first = await ask(world, "PUT", path, { body: MAPPING, headers });
  expect([first.status, first.headers.get("etag")]).toEqual([200, '"2"']);
  const second = await ask(world, "PUT", path, { body: MAPPING, headers });
  expect([second.status, second.body.code]).toEqual([412, "precondition_failed"]);
  const restored = await ask(world, "POST", `${path}/versions/1/restore`, { headers });
  expect([restored.status, restored.body.code]).toEqual([412, "precondition_failed"]);
  expect((await world.rows("mapping_versions")).map(({ version }) => version)).toEqual([1, 2]);
  expect((await ask(world, "PUT", path, { body: MAPPING, headers: { "if-match": '"2"' } })).body.version).toBe(3);
});

test("the version is compared where the mapping is stored, not only before", async () => {
  const world = await createWorld();
  const next = { document: JSON.stringify(MAPPING), restoredFrom: null };
  const { mappings } = world.services;
  expect(await mappings.add(world.org, { ...next, expected: null }, new Date())).toBe(1);
  const adds = [1, 2].map(() => mappings.add(world.org, { ...next, expected: 1 }, new Date()));
  expect((await Promise.all(adds)).filter((version) => version !== null)).toEqual([2]);
});

test("single resources carry an ETag, and answer 304 to a request that has it", async () => {
  const world = await smallFirm();
  const org = `/v1/orgs/${world.org}`;
  for (const path of [org, `${org}/projects/100`, `${org}/contacts/1`, `${org}/team-members/11`]) {
    const etag = (await ask(world, "GET", path)).headers.get("etag") ?? "";
    const again = await ask(world, "GET", path, { headers: { "if-none-match": etag } });
    expect([path, again.status, again.body]).toEqual([path, 304, ""]);
    expect((await ask(world, "GET", path, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  }
});

test("an unknown query parameter is refused with its name", async () => {
  const world = await createWorld();
  for (const path of [`projects?statos=open`, `coverage?x=1`, `runs?statos=1`]) {
    const { status, body } = await ask(world, "GET", `/v1/orgs/${world.org}/${path}`);
    const name = /\?(\w+)=/.exec(path)?.[1];
    expect([status, body.errors]).toEqual([400, [{ path: name, message: "Unknown parameter" }]]);
  }
});

test("a cursor of another list is refused", async () => {
  const world = await smallFirm();
  world.simulator.edit.create("clients", { id: 3, first_name: "Cy" }, { silent: true });
  const org = `/v1/orgs/${world.org}`;
  await ask(world, "PUT", `${org}/mapping`, {
    body: { ...MAPPING, contacts: { mode: "by_group", roles: [{ key: "all", name: "All", groups: ["Client"] }] } },
  });
  await ask(world, "PUT", `${org}/mapping`, { body: MAPPING });
  await world.drain();
  const { body } = await ask(world, "GET", `${org}/mapping/versions?limit=1`);
  expect(body.next_cursor).toEqual(expect.any(String));
  expect((await ask(world, "GET", `${org}/mapping/versions?cursor=${body.next_cursor}`)).status).toBe(200);
  for (const list of ["projects", "contacts", "team-members", "runs", "changes"]) {
    const answer = await ask(world, "GET", `${org}/${list}?cursor=${body.next_cursor}`);
    expect([list, answer.status, answer.body.detail]).toEqual([list, 400, "Invalid cursor"]);
  }
});

test("a request that was lost half-way frees its Idempotency-Key after minutes; its late answer does not replace another's", async () => {
  const world = await createWorld();
  const { idempotency } = world.services;
  const claimAt = (minute: number, requestHash = "h") => {
    const now = new Date(Date.UTC(2026, 0, 1, 0, minute));
    const leasedSince = new Date(now.getTime() - 120_000);
    const since = new Date(now.getTime() - 86_400_000);
    return idempotency.claim({ principal: world.org, key: "k", org: world.org, requestHash, now, since, leasedSince });
  };
  expect(await claimAt(0)).toBeNull();
  expect(await claimAt(1)).toMatchObject({ status: null });
  expect(await claimAt(3)).toBeNull();
  const [lost, second] = [0, 3].map((minute) => ({
    principal: world.org,
    key: "k",
    now: new Date(Date.UTC(2026, 0, 1, 0, minute)),
  }));
  if (!lost || !second) throw new Error("no claims");
  await idempotency.keep(lost, { status: 200, body: "late", location: null });
  await idempotency.release(lost);
  await idempotency.keep(second, { status: 201, body: "kept", location: null });
  expect(await claimAt(4)).toMatchObject({ status: 201, body: "kept" });
});
