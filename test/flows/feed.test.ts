import { expect, test } from "vitest";
import { type ChangePage, type ChangeView, lastSeq } from "../../src/db/reads/changes.ts";
import { type SnapshotRow, snapshotRows } from "../../src/db/reads/snapshot.ts";
import { eventParts } from "../../src/feed/event-stream.ts";
import { type FeedSource, waitForChanges } from "../../src/feed/follow-feed.ts";
import { createApp } from "../../src/http/app.ts";
import type { LedgerEntry } from "../../src/mapping/plan/plan-types.ts";
import { replayLedger, type Tables } from "../../src/mapping/plan/replay-ledger.ts";
import { ok } from "../../src/platform/result.ts";
import { startRun } from "../../src/sync/runs/start.ts";
import { ask } from "../support/api.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import type { World } from "../support/world.ts";

test("each org counts its own entries, by one and without gaps, also when commits of others come between", async () => {
  const [a, b] = [await smallFirm(), await smallFirm()];
  for (const [round, world] of [a, b, a, b].entries()) {
    world.simulator.edit.update("cases", 100, { name: `Round ${round}` }, { silent: true });
    await ask(world, "POST", `/v1/orgs/${world.org}/projects/100/resync`);
    await world.drain();
  }
  for (const world of [a, b]) {
    const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/changes?limit=200`);
    const numbers = body.data.map(({ seq }: { seq: number }) => seq);
    expect(numbers).toEqual(numbers.map((_: number, index: number) => index + 1));
    expect(body).toMatchObject({ next_cursor: String(numbers.length), up_to_date: true });
    expect(body.data.slice(-2).map(({ field }: { field: string }) => field)).toEqual(["name", "name"]);
  }
});

test("a cursor always leads on, and one that would skip entries is refused", async () => {
  const world = await smallFirm();
  const feed = `/v1/orgs/${world.org}/changes`;
  const pages: ChangePage[] = [];
  do {
    pages.push((await ask(world, "GET", `${feed}?limit=2&cursor=${pages.at(-1)?.next_cursor ?? 0}`)).body);
  } while (!pages.at(-1)?.up_to_date);
  const all = (await ask(world, "GET", `${feed}?limit=200`)).body;
  expect(pages.flatMap(({ data }) => data)).toEqual(all.data);
  const end = Number(all.next_cursor);
  expect((await ask(world, "GET", `${feed}?after=${end}`)).body).toEqual({
    data: [],
    next_cursor: String(end),
    up_to_date: true,
  });
  const future = await ask(world, "GET", `${feed}?after=${end + 1}`);
  expect(future).toMatchObject({ status: 400, body: { code: "cursor_from_the_future", highest: end } });
  await world.env.DB.prepare("DELETE FROM changes WHERE org_id = ? AND seq <= 3").bind(world.org).run();
  const old = await ask(world, "GET", `${feed}?after=2`);
  expect(old).toMatchObject({ status: 410, body: { code: "cursor_too_old", lowest: 3 } });
  expect((await ask(world, "GET", `${feed}?after=3`)).body.data[0].seq).toBe(4);
  expect((await ask(world, "GET", `${feed}?cursor=4;`)).status).toBe(400);
});

test("a feed of one case holds the case and its links, one of a kind nothing else", async () => {
  const world = await smallFirm();
  const org = `/v1/orgs/${world.org}`;
  const { body: all } = await ask(world, "GET", `${org}/changes?limit=200`);
  const { body: ofCase } = await ask(world, "GET", `${org}/projects/100/changes?limit=200`);
  type Entry = { entity: string; entity_id: string };
  const belongs = ({ entity, entity_id }: Entry) =>
    (entity === "project" && entity_id === "100") || entity_id.startsWith("100:") || entity_id === "case:100";
  expect(ofCase.data).toEqual(all.data.filter(belongs));
  expect(ofCase.data.length).toBeGreaterThan(1);
  expect((await ask(world, "GET", `${org}/changes?case_id=100&limit=200`)).body).toEqual(ofCase);
  const members = (await ask(world, "GET", `${org}/changes?entity=team_member&limit=200`)).body;
  expect(members.data).toEqual(all.data.filter(({ entity }: Entry) => entity === "team_member"));
  expect(members.next_cursor).toBe(all.next_cursor);
});

test("whoever waits is answered once something has been committed", async () => {
  const world = await smallFirm();
  const feed = `/v1/orgs/${world.org}/changes`;
  const end = (await ask(world, "GET", `${feed}?limit=200`)).body.next_cursor;
  const waiting = ask(world, "GET", `${feed}?after=${end}&wait=25`);
  world.simulator.edit.update("cases", 100, { name: "Waited for" }, { silent: true });
  await ask(world, "POST", `/v1/orgs/${world.org}/projects/100/resync`);
  await world.drain();
  expect((await waiting).body.data).toMatchObject([{ field: "name", new_value: "Waited for" }]);
});

const app = createApp();

/** An answer that is a stream. */
async function getPlain({ env }: World, path: string, headers: Record<string, string> = {}): Promise<Response> {
  const authorization = "Bearer admin-key-for-tests";
  return await app.request(`http://sync.test${path}`, { headers: { authorization, ...headers } }, env);
}

/** A ledger whose entries appear at certain times, and a clock that moves only while somebody sleeps. */
function scheduled(times: number[]) {
  let now = 0;
  let looks = 0;
  const last = () => times.filter((at) => at <= now).length;
  const source: FeedSource = {
    async read(after) {
      const data = times.slice(after, last()).map((_, index) => ({ seq: after + index + 1 })) as ChangePage["data"];
      return ok({ data, next_cursor: String(last()), up_to_date: true });
    },
    async last() {
      looks += 1;
      return last();
    },
  };
  const pace = {
    now: () => now,
    async sleep(ms: number) {
      now += ms;
    },
  };
  return { source, pace, looks: () => looks };
}

const EMPTY: ChangePage = { data: [], next_cursor: "0", up_to_date: true };

test("waiting costs one look a second, and ends with the cursor it began with", async () => {
  const { source, pace, looks } = scheduled([]);
  expect(await waitForChanges(source, EMPTY, pace, 25_000)).toEqual(EMPTY);
  expect(pace.now()).toBe(25_000);
  expect(looks()).toBeLessThan(30);
});

test("a stream tells each entry once with its number, breaks every silence, and is closed after 45 seconds", async () => {
  const { source, pace } = scheduled([3_000, 3_100, 40_000]);
  const parts: [number, string][] = [];
  for await (const part of eventParts(source, EMPTY, pace)) parts.push([pace.now(), part]);
  const text = parts.map(([, part]) => part).join("");
  expect(text.match(/^id: .*\nevent: change$/gm)).toEqual(
    ["id: 1", "id: 2", "id: 3"].map((id) => `${id}\nevent: change`),
  );
  expect(text).toContain(": waiting\n\n");
  const silences = parts.map(([at], index) => at - (parts[index - 1]?.[0] ?? 0));
  expect(Math.max(...silences)).toBeLessThan(17_000);
  expect(pace.now()).toBe(45_000);
});

test("a stream goes on after the event that was shown last", async () => {
  const world = await smallFirm();
  const { body: all } = await ask(world, "GET", `/v1/orgs/${world.org}/changes?limit=200`);
  const shown = Number(all.next_cursor) - 1;
  const answer = await getPlain(world, `/v1/orgs/${world.org}/changes?after=0`, {
    accept: "text/event-stream",
    "last-event-id": String(shown),
  });
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const reader = answer.body?.getReader();
  const first = new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  expect(first).toContain(`id: ${shown + 1}\nevent: change\ndata: {"seq":${shown + 1},`);
  expect(first).not.toContain(`id: ${shown}\n`);
});

test("a snapshot and the feed from its cursor give the tables, though rows change while it is read", async () => {
  const world = await smallFirm();
  const { env, org, services } = world;
  for (let id = 101; id < 104; id++) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  await startRun(world.sync, org, "poll", { trigger: "api" });
  await world.drain();
  const cursor = await lastSeq(services.db, org);
  const change = async (id: number, fields: object) => {
    world.simulator.edit.update("cases", id, fields, { silent: true });
    await ask(world, "POST", `/v1/orgs/${org}/projects/${id}/resync`);
    await world.drain();
  };
  const rows: SnapshotRow[] = [];
  let round = 0;
  for await (const page of snapshotRows(services.db, org)) {
    rows.push(...page);
    await change(100 + (round % 4), {
      name: `Round ${round}`,
      clients: round % 2 ? [{ id: 2 }] : [{ id: 1 }, { id: 2 }],
    });
    round += 1;
  }
  const { body } = await ask(world, "GET", `/v1/orgs/${org}/changes?limit=200&after=${cursor}`);
  const tables: Tables = new Map();
  for (const { entity, entity_id, row } of rows)
    tables.set(entity, (tables.get(entity) ?? new Map()).set(entity_id, row));
  const asEntry = ({ old_value, new_value, ...entry }: ChangeView) =>
    ({ ...entry, old: old_value, new: new_value }) as unknown as LedgerEntry;
  replayLedger(body.data.map(asEntry), tables);

  const text = await (await getPlain(world, `/v1/orgs/${org}/snapshot`)).text();
  const [head, ...lines] = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(head).toEqual({ cursor: body.next_cursor });
  const followed = [...tables].flatMap(([entity, byId]) =>
    [...byId].map(([entity_id, row]) => ({ entity, entity_id, row })),
  );
  const byName = (a: SnapshotRow, b: SnapshotRow) =>
    `${a.entity} ${a.entity_id}`.localeCompare(`${b.entity} ${b.entity_id}`);
  expect(followed.sort(byName)).toEqual(lines.sort(byName));
  expect(followed.length).toBeGreaterThan(10);
  expect(await env.DB.prepare("SELECT count(*) AS n FROM projects WHERE org_id = ?").bind(org).first("n")).toBe(4);
});
