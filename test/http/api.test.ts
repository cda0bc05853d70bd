import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consume } from "../../src/queue/consume.ts";
import { ask } from "../support/api.ts";
import { plainCase, smallFirm } from "../support/firm.ts";
import { batchOf } from "../support/queues.ts";
import { statementsOf } from "../support/statements.ts";
import { createWorld, MAPPING } from "../support/world.ts";

describe("orgs", () => {
  test("an org is created, read, changed, listed and purged to the last row", async () => {
    const world = await smallFirm();
    const created = await ask(world, "POST", "/v1/orgs", {
      body: { id: "acme-law", name: "Acme", timezone: "Europe/Berlin" },
    });
    expect(created).toMatchObject({
      status: 201,
      body: { id: "acme-law", default_country: "US", pull_lead_objects: false },
    });
    expect(
      (await ask(world, "POST", "/v1/orgs", { body: { id: "acme-law", name: "x", timezone: "UTC" } })).body.code,
    ).toBe("org_exists");
    expect((await ask(world, "PATCH", "/v1/orgs/acme-law", { body: { default_country: "DE" } })).body).toMatchObject({
      default_country: "DE",
      name: "Acme",
    });
    expect((await ask(world, "GET", "/v1/orgs")).body.data.map((org: { id: string }) => org.id)).toEqual(
      expect.arrayContaining(["acme-law", world.org]),
    );

    expect((await ask(world, "DELETE", `/v1/orgs/${world.org}`)).status).toBe(204);
    const { results } = await world.env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%org_id%'",
    ).all<{ name: string }>();
    const left: string[] = [];
    for (const { name } of results) if ((await world.rows(name)).length > 0) left.push(name);
    expect(left).toEqual([]);
    expect(results.length).toBeGreaterThan(20);
    expect((await world.sync.connection(world.org).status()).state).toBe("not_connected");
    expect((await ask(world, "GET", `/v1/orgs/${world.org}`)).status).toBe(404);
  });

  test("what cannot be is refused with its place", async () => {
    const world = await createWorld();
    const refused = async (body: object) => {
      const answer = await ask(world, "POST", "/v1/orgs", { body: { id: "ok", name: "n", timezone: "UTC", ...body } });
      return [answer.status, ...answer.body.errors.map(({ path }: { path: string }) => path)];
    };
    expect(await refused({ id: "Not A Slug" })).toEqual([422, "id"]);
    expect(await refused({ timezone: "Mars/Olympus" })).toEqual([422, "timezone"]);
    expect(await refused({ default_country: "XX" })).toEqual([422, "default_country"]);
    expect(await refused({ extra: 1 })).toEqual([422, ""]);
  });
});

describe("mapping", () => {
  test("the previewed diff is the diff made, and preview writes nothing", async () => {
    const world = await smallFirm();
    const other = {
      ...MAPPING,
      project_types: MAPPING.project_types.map((type) => ({
        ...type,
        values: type.values.map((value) => String(value).toUpperCase()),
      })),
    };
    const path = `/v1/orgs/${world.org}/mapping`;
    const previewed = await ask(world, "POST", `${path}/preview`, { body: other });
    expect(previewed.body.diff.projects).toMatchObject({ unmapped: 1, created: 0 });
    expect((await world.rows("projects"))[0]).toMatchObject({ type_unmapped: 0, mapping_version: 1 });
    const made = await ask(world, "PUT", path, { body: other });
    expect(made).toMatchObject({ status: 200, body: { version: 2, diff: previewed.body.diff } });
    world.simulator.log.clear();
    await world.drain();
    expect((await world.rows("projects"))[0]).toMatchObject({ type_unmapped: 1, mapping_version: 2 });
    expect(world.simulator.log.entries).toEqual([]);

    const explained = await ask(world, "GET", `/v1/orgs/${world.org}/explain/cases/100`);
    const gate = explained.body.gates.find(({ gate }: { gate: string }) => gate === "project_type");
    expect(gate).toMatchObject({
      passed: false,
      code: "project_type_unmapped",
      near_miss: { expected: "PERSONAL INJURY", difference: "case" },
    });

    expect((await ask(world, "POST", `${path}/versions/1/restore`)).body).toMatchObject({ version: 3 });
    await world.drain();
    const compared = await ask(world, "GET", `${path}/versions/2?against=1`);
    expect(compared.body.differences[0]).toEqual({
      path: "project_types.0.values.0",
      from: "Personal Injury",
      to: "PERSONAL INJURY",
    });
    expect((await ask(world, "GET", `${path}/versions/3?against=1`)).body.differences).toEqual([]);
    expect((await ask(world, "GET", `${path}/versions/9`)).status).toBe(404);
    expect((await world.rows("projects"))[0]).toMatchObject({ type_unmapped: 0, mapping_version: 3 });
    expect(
      (await ask(world, "GET", `${path}/versions`)).body.data.map(({ version }: { version: number }) => version),
    ).toEqual([3, 2, 1]);
  });

  test("what it gives can be sent back; what contradicts itself is refused with the place", async () => {
    const world = await createWorld();
    const path = `/v1/orgs/${world.org}/mapping`;
    expect((await ask(world, "GET", path)).body.code).toBe("no_mapping");
    expect((await ask(world, "PUT", path, { body: MAPPING })).status).toBe(200);
    const { body } = await ask(world, "GET", path);
    expect(body).toMatchObject({ version: 1, fields: MAPPING.fields });
    expect((await ask(world, "PUT", path, { body })).body.version).toBe(2);
    const twice = {
      ...MAPPING,
      project_types: [...MAPPING.project_types, { key: "x", name: "X", values: ["Family Law"], phases: [] }],
    };
    const refused = await ask(world, "PUT", path, { body: twice });
    expect(refused).toMatchObject({ status: 422, body: { code: "invalid_mapping" } });
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toContain("project_types.2.values.0");
    expect((await ask(world, "GET", path)).body.version).toBe(2);
  });

  test("a mapping that affects too many projects is refused until it is confirmed", async () => {
    const world = await smallFirm();
    const guarded = {
      ...MAPPING,
      blast_guard: { max_share: 0.2, min_projects: 1 },
      project_types: MAPPING.project_types.slice(1),
    };
    const path = `/v1/orgs/${world.org}/mapping`;
    expect(await ask(world, "PUT", path, { body: guarded })).toMatchObject({
      status: 409,
      body: { code: "blast_guard", diff: { projects: { unmapped: 1 } } },
    });
    expect((await ask(world, "PUT", `${path}?confirm=true`, { body: guarded })).status).toBe(200);
  });
});

describe("reading", () => {
  test("a list is walked through without gaps or doubles, whatever the page", async () => {
    const world = await smallFirm();
    for (let id = 101; id <= 112; id++) {
      world.simulator.edit.create("cases", plainCase(id), { silent: true });
      await ask(world, "POST", `/v1/orgs/${world.org}/projects/${id}/resync`);
    }
    await world.drain();
    for (const limit of [1, 5, 13, 200]) {
      const seen: number[] = [];
      for (let cursor = ""; ; ) {
        const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/projects?limit=${limit}${cursor}`);
        seen.push(...body.data.map(({ case_id }: { case_id: number }) => case_id));
        if (body.next_cursor === null) break;
        cursor = `&cursor=${body.next_cursor}`;
      }
      expect(seen).toEqual(Array.from({ length: 13 }, (_, index) => 100 + index));
    }
    expect((await ask(world, "GET", `/v1/orgs/${world.org}/projects?q=case%20105`)).body.data).toHaveLength(1);
    expect((await ask(world, "GET", `/v1/orgs/${world.org}/projects?type=family`)).body.data).toEqual([]);
    for (const query of ["limit=0", "limit=201", "cursor=garbage", "enabled=maybe"]) {
      expect((await ask(world, "GET", `/v1/orgs/${world.org}/projects?${query}`)).status).toBe(400);
    }
  });

  test("one project carries its contacts and its team, each value in its place", async () => {
    const world = await smallFirm();
    const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/projects/100`);
    expect(body).toMatchObject({
      case_id: 100,
      name: "Case 100",
      project_type: "injury",
      phase: "intake",
      enabled: true,
      custom_fields: {},
    });
    expect(body.contacts).toEqual([
      expect.objectContaining({
        client_id: 1,
        kind: "client",
        first_name: "Ada",
        group_name: "Client",
        phone: "+12125550101",
        phone_raw: "(212) 555-0101",
        reachable: true,
        role: "client",
        is_main: true,
      }),
    ]);
    expect(body.team).toEqual([
      expect.objectContaining({
        staff_id: 11,
        title: "Attorney",
        role: "attorney",
        visible: true,
        active: true,
        lead_lawyer: true,
        originating_lawyer: false,
      }),
    ]);
    expect((await ask(world, "GET", `/v1/orgs/${world.org}/contacts/1`)).body.projects).toEqual([
      { case_id: 100, role: "client", is_main: true },
    ]);
    expect((await ask(world, "GET", `/v1/orgs/${world.org}/team-members/11`)).body.projects).toHaveLength(1);
    expect((await ask(world, "GET", `/v1/orgs/${world.org}/projects/5`)).body.code).toBe("project_not_found");
    expect((await ask(world, "GET", `/v1/orgs/${world.org}/coverage`)).body).toMatchObject({
      mycase_total: 1,
      buckets: { project: 1, pending: 0 },
    });
  });

  test("the ledger is a feed: what comes after is what was not read yet", async () => {
    const world = await smallFirm();
    const { body } = await ask(world, "GET", `/v1/orgs/${world.org}/changes?limit=2`);
    expect(body.data.map(({ field }: { field: string }) => field)).toEqual(["*", "*"]);
    const after = body.data[1].seq;
    const rest = await ask(world, "GET", `/v1/orgs/${world.org}/changes?after=${after}`);
    expect(rest.body.data.every(({ seq }: { seq: number }) => seq > after)).toBe(true);
    expect(rest.body.data.length + 2).toBe((await world.rows("changes")).length);
  });
});

test("R7: a pinned main contact and a hidden team member stay so through every sync", async () => {
  const world = await smallFirm();
  const org = `/v1/orgs/${world.org}`;
  expect((await ask(world, "PUT", `${org}/projects/100/main-contact`, { body: { client_id: 9 } })).status).toBe(422);
  expect((await ask(world, "PUT", `${org}/projects/100/main-contact`, { body: { client_id: 2 } })).body).toMatchObject({
    main_contact_id: 2,
    main_contact_reason: "pinned",
  });
  expect((await ask(world, "PUT", `${org}/team-members/11/visibility`, { body: { override: "shown" } })).status).toBe(
    422,
  );
  expect(
    (await ask(world, "PUT", `${org}/team-members/11/visibility`, { body: { override: "hidden" } })).body,
  ).toMatchObject({ visible: false, role: "attorney" });
  await ask(world, "POST", `${org}/projects/100/resync`);
  await ask(world, "POST", `${org}/runs`, { body: { kind: "backfill" } });
  await world.drain();
  expect((await ask(world, "GET", `${org}/projects/100`)).body).toMatchObject({
    main_contact_id: 2,
    team: [{ visible: false }],
  });
  expect(
    (await ask(world, "PUT", `${org}/projects/100/main-contact`, { body: { client_id: null } })).body,
  ).toMatchObject({ main_contact_id: 1 });
});

describe("writes sent twice", () => {
  test("the same Idempotency-Key gives the first answer, and is refused for another request", async () => {
    const world = await createWorld();
    const headers = { "idempotency-key": "k-1" };
    const path = `/v1/orgs/${world.org}/api-keys`;
    const first = await ask(world, "POST", path, { body: { name: "a", scopes: ["read"] }, headers });
    const again = await ask(world, "POST", path, { body: { name: "a", scopes: ["read"] }, headers });
    expect(again.body).toEqual(first.body);
    expect(await world.rows("api_keys")).toHaveLength(1);
    expect((await ask(world, "POST", path, { body: { name: "b", scopes: ["read"] }, headers })).body.code).toBe(
      "idempotency_key_reused",
    );
    expect(JSON.stringify(await world.rows("idempotency_keys"))).not.toContain(first.body.key);
  });
});

test("an org that is purged and made again starts fresh, also under the same Idempotency-Key", async () => {
  const world = await createWorld();
  const made = () =>
    ask(world, "POST", "/v1/orgs", {
      body: { id: "again", name: "Again", timezone: "UTC" },
      headers: { "idempotency-key": "make-again" },
    });
  const first = await made();
  expect((await made()).body).toEqual(first.body);
  const connection = world.sync.connection("again");
  await connection.authorize({
    redirectUri: "http://sync.test/oauth/mycase/callback",
    orgId: "again",
    browser: null,
    confirm: false,
    replaceFirm: false,
  });
  expect((await ask(world, "DELETE", "/v1/orgs/again")).status).toBe(204);
  expect((await ask(world, "GET", "/v1/orgs/again")).status).toBe(404);
  const { results } = await world.env.DB.prepare("SELECT * FROM idempotency_keys WHERE key = 'make-again'").all();
  expect(results).toEqual([]);
  expect((await made()).status).toBe(201);
  expect((await ask(world, "GET", "/v1/orgs/again")).status).toBe(200);
  expect(await connection.status()).toMatchObject({ state: "not_connected", since: null, counts: { requests: 0 } });
  await ask(world, "DELETE", "/v1/orgs/again");
});

test("a run requested while the grant is refused is refused with what to do", async () => {
  const world = await smallFirm();
  world.simulator.tokens.revokeAccessTokens();
  world.simulator.tokens.revokeRefreshTokens();
  await ask(world, "POST", `/v1/orgs/${world.org}/projects/100/resync`);
  const held = world.live.waiting.splice(0);
  await consume(world.sync, batchOf("mycase-sync-live", held));
  const { status, body } = await ask(world, "POST", `/v1/orgs/${world.org}/runs`, { body: { kind: "poll" } });
  expect([status, body.code]).toEqual([409, "reauthorization_required"]);
  expect((await world.rows("runs")).filter((run) => run.kind === "poll" && run.state !== "succeeded")).toEqual([]);
});

describe("errors", () => {
  test("every error is a problem with a stable code, and tells nothing of the inside", async () => {
    const world = await smallFirm();
    const answers = [
      await ask(world, "GET", "/nowhere"),
      await ask(world, "POST", "/v1/orgs", { body: "{not json" }),
      await ask(world, "GET", `/v1/orgs/${world.org}/jobs/none`),
      await ask(world, "GET", "/oauth/mycase/callback?code=x&state=y", { key: null }),
      await ask(world, "POST", "/v1/orgs", { body: `{"pad":"${"x".repeat(1_100_000)}"}` }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, "not_found"],
      [400, "invalid_request"],
      [404, "not_found"],
      [400, "invalid_state"],
      [413, "too_large"],
    ]);
    for (const { headers, body, status } of answers) {
      expect(headers.get("content-type")).toContain("application/problem+json");
      expect(body).toMatchObject({
        type: expect.any(String),
        title: expect.any(String),
        status,
        detail: expect.any(String),
      });
    }
  });

  test("a database that is gone is a 503, and everything works when it is back", async () => {
    const world = await smallFirm();
    const { DB } = world.env;
    const gone = {
      ...DB,
      prepare: DB.prepare.bind(DB),
      batch: () => Promise.reject(new Error("D1_ERROR: Network connection lost")),
    };
    const broken = { ...world, env: { ...world.env, DB: gone as unknown as D1Database } };
    const answer = await ask(broken, "GET", `/v1/orgs/${world.org}/projects/100`);
    expect(answer).toMatchObject({ status: 503, body: { code: "storage_unavailable" } });
    expect((await ask(world, "GET", `/v1/orgs/${world.org}/projects/100`)).status).toBe(200);
  });

  test("a missing or malformed variable is named without its value", async () => {
    const world = await createWorld();
    const broken = { ...world, env: { ...world.env, ENCRYPTION_KEY: "c2hvcnQ=", MYCASE_CLIENT_ID: "" } };
    for (const path of ["/ready", "/v1/orgs"]) {
      const { status, body } = await ask(broken, "GET", path);
      expect(status).toBe(503);
      expect(body.detail).toMatch(/MYCASE_CLIENT_ID is missing.*ENCRYPTION_KEY must be base64 of 32 bytes/);
      expect(body.detail).not.toContain("c2hvcnQ");
    }
    expect((await ask(broken, "GET", "/health", { key: null })).body).toEqual({ status: "ok" });
    expect((await ask(world, "GET", "/ready", { key: null })).body).toEqual({ status: "ready" });
  });

  test("hostile text in any place is never a 5xx and never a change", async () => {
    const world = await smallFirm();
    const before = await world.rows("projects");
    const hostile = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "'; DROP TABLE projects; --",
        "<script>alert(1)</script>",
        "../../etc",
        "%00",
        "9".repeat(40),
        "\u202e",
        "{{7*7}}",
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        hostile,
        fc.constantFrom("projects", "contacts", "leads", "jobs", "runs", "explain/cases", "team-members"),
        async (text, place) => {
          const safe = encodeURIComponent(text.toWellFormed());
          const answers = [
            await ask(world, "GET", `/v1/orgs/${world.org}/${place}/${safe}`),
            await ask(world, "GET", `/v1/orgs/${world.org}/${place}?q=${safe}&cursor=${safe}&limit=${safe}`),
            await ask(world, "PUT", `/v1/orgs/${world.org}/mapping`, { body: { fields: text, project_types: text } }),
            await ask(world, "POST", `/v1/orgs/${world.org}/runs`, { body: text.toWellFormed() }),
          ];
          for (const { status } of answers) expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 60 },
    );
    expect(await world.rows("projects")).toEqual(before);
  });
});

test("fields shows the 200 most frequent values and says how many more; a large org's cases are not counted again for each change", async () => {
  const world = await smallFirm();
  const { DB } = world.env;
  await DB.prepare(
    `INSERT INTO mycase_cases (org_id, id, record, state, hash, ticket, version, read_at)
     WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)
     SELECT ?1, i, json_object('id', i, 'name', 'Case ' || i, 'case_number', 'N-' || i, 'status', 'open',
       'practice_area', 'Area ' || (i % 250), 'custom_field_values', json_array(json_object(
         'custom_field', json_object('id', 941), 'value', 'Reference ' || i))), 'present', '', 1, 1, '2026-01-01' FROM n`,
  )
    .bind(world.org)
    .run();
  const customField = { id: 941, name: "Reference", parent_type: "case", field_type: "short_text" };
  await DB.prepare(
    `INSERT INTO mycase_custom_fields (org_id, id, record, state, hash, ticket, version, read_at)
     VALUES (?1, 941, ?2, 'present', '', 1, 1, '2026-01-01')`,
  )
    .bind(world.org, JSON.stringify(customField))
    .run();
  const change = DB.prepare("UPDATE orgs SET clock = clock + 1, config_version = clock + 1 WHERE id = ?").bind(
    world.org,
  );
  await change.run();
  const read = () => ask(world, "GET", `/v1/orgs/${world.org}/fields`);
  const { body } = await read();
  const field = (name: string) => body.data.find((row: { name: string }) => row.name === name);
  expect(field("practice area").values.length).toBeGreaterThanOrEqual(200);
  expect(field("practice area").values.length + field("practice area").further_values).toBe(251);
  expect(field("Reference")).toMatchObject({ values: [{ count: 1 }], further_values: 3_999 });
  expect(field("name")).toMatchObject({ values: [], further_values: null, vanished: [] });
  expect(field("case number")).toMatchObject({ values: [], further_values: null });
  expect(JSON.stringify(body).length).toBeLessThan(40_000);

  await DB.prepare("UPDATE orgs SET clock = clock + 1 WHERE id = ?").bind(world.org).run();
  const again = await statementsOf(world, read);
  expect(again).toBeLessThanOrEqual(4);
});
