import { expect, test } from "vitest";
import type { Simulator } from "../../simulator/simulator.ts";
import { ask, keyFor } from "../support/api.ts";
import { smallFirm } from "../support/firm.ts";
import { createWorld, type World } from "../support/world.ts";

/** Goes through the grant of a world's org, as a user of this firm; gives what the callback answered. */
async function grant(
  world: World,
  firm: Simulator,
  begin: { key?: string; body?: object } = {},
): Promise<{ status: number; body: { code?: string }; html: string }> {
  const begun = await ask(world, "POST", `/v1/orgs/${world.org}/connection`, begin);
  if (begun.status !== 200) return { status: begun.status, body: begun.body, html: "" };
  const agreed = await firm.handle(new Request(begun.body.authorize_url));
  const back = new URL(agreed.headers.get("location") ?? "");
  const { status, body } = await ask(world, "GET", `${back.pathname}${back.search}`, { key: null });
  return { status, body, html: typeof body === "string" ? body : "" };
}

const connection = async (world: World) => (await ask(world, "GET", `/v1/orgs/${world.org}/connection`)).body;
const requestsOf = (firm: Simulator) => firm.log.entries.filter(({ path }) => path.startsWith("/v1")).length;

test("another firm's grant is refused, also after a disconnect: nothing stored, nothing read, no subscription", async () => {
  const [world, other] = [await smallFirm(), await createWorld()];
  for (const disconnected of [false, true]) {
    if (disconnected) await ask(world, "DELETE", `/v1/orgs/${world.org}/connection`);
    const before = await world.rows("mycase_cases");
    const answer = await grant(world, other.simulator);
    expect(answer).toMatchObject({ status: 409, body: { code: "other_firm" } });
    await world.drain();
    expect(await world.rows("mycase_cases")).toEqual(before);
    expect(requestsOf(other.simulator)).toBe(0);
    expect(other.simulator.webhooks.subscriptions).toEqual([]);
  }
  const { uuid } = (await connection(world)).firm;
  expect(uuid).toBe(world.simulator.tokens.state.firmUuid);
});

test("the connection names its firm, and the same firm may connect again after a disconnect", async () => {
  const world = await smallFirm();
  const firm = { uuid: world.simulator.tokens.state.firmUuid, name: "Simulated & Partners LLP" };
  expect((await connection(world)).firm).toEqual(firm);
  await ask(world, "DELETE", `/v1/orgs/${world.org}/connection`);
  expect(await connection(world)).toMatchObject({ state: "not_connected", firm });
  expect((await grant(world, world.simulator)).status).toBe(302);
  expect(await connection(world)).toMatchObject({ state: "connected", firm });
});

test("the admin key may replace the firm, whose old subscriptions are cancelled; an org's own key may not", async () => {
  const [world, other] = [await smallFirm(), await createWorld()];
  const key = await keyFor(world, "admin");
  expect(await grant(world, other.simulator, { key, body: { replace_firm: true } })).toMatchObject({ status: 403 });
  expect(await grant(world, other.simulator, { body: { replace_firm: true } })).toMatchObject({ status: 302 });
  expect((await connection(world)).firm.uuid).toBe(other.simulator.tokens.state.firmUuid);
  expect(world.simulator.webhooks.subscriptions).toEqual([]);
});

test("a firm that is connected to another org is refused, and may connect once that org has left it", async () => {
  const [world, other] = [await smallFirm(), await createWorld()];
  expect(await grant(other, world.simulator)).toMatchObject({
    status: 409,
    body: { code: "firm_connected_elsewhere" },
  });
  await ask(world, "DELETE", `/v1/orgs/${world.org}/connection`);
  expect(await grant(other, world.simulator)).toMatchObject({ status: 302 });
  expect(await grant(world, world.simulator)).toMatchObject({ body: { code: "firm_connected_elsewhere" } });
});

test("of two orgs that connect one firm at the same time, one gets it", async () => {
  const [world, other] = [await createWorld(), await createWorld()];
  const answers = await Promise.all([grant(world, world.simulator), grant(other, world.simulator)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 409]);
});

test("a grant begun with an org's own key stores nothing until a key of that org confirms the firm", async () => {
  const [world, otherOrg] = [await createWorld(), await createWorld()];
  const key = await keyFor(world, "admin");
  const { status, html } = await grant(world, world.simulator, { key });
  expect(status).toBe(200);
  expect(html).toContain("Simulated &amp; Partners LLP");
  expect(html).toContain(world.org);
  const offer = /name="offer" value="([^"]+)"/.exec(html)?.[1] ?? "";
  expect(await connection(world)).toMatchObject({ state: "not_connected", firm: null });
  expect(world.simulator.webhooks.subscriptions).toEqual([]);

  const confirm = (by: string) =>
    ask(world, "POST", `/console/orgs/${world.org}/confirm-firm`, {
      key: null,
      body: new URLSearchParams({ offer, key: by }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://sync.test" },
    });
  expect((await confirm(await keyFor(otherOrg, "admin"))).status).toBe(403);
  expect((await confirm("")).status).toBe(403);
  expect(await connection(world)).toMatchObject({ state: "not_connected" });
  expect((await confirm(key)).status).toBe(303);
  expect(await connection(world)).toMatchObject({ state: "connected" });
  expect((await confirm(key)).status).toBe(400);
  expect(await connection(world)).toMatchObject({ state: "connected" });
});

test("a token answer without a firm is identified by the firm's address; without that nothing is connected", async () => {
  const world = await createWorld();
  world.simulator.tokens.state.firmUuid = null as unknown as string;
  world.simulator.faults.add({ path: "^/v1/firm", status: 403, times: 1 });
  expect(await grant(world, world.simulator)).toMatchObject({ status: 409, body: { code: "firm_unknown" } });
  expect((await grant(world, world.simulator)).status).toBe(302);
  expect((await connection(world)).firm.uuid).toBe("https://simulated.mycase.test");
});

test("a grant is begun without a body too, whatever content type is named", async () => {
  const world = await createWorld();
  const path = `/v1/orgs/${world.org}/connection`;
  const begun = await ask(world, "POST", path, { headers: { "content-type": "application/json" } });
  expect(begun).toMatchObject({ status: 200, body: { authorize_url: expect.any(String) } });
  expect((await ask(world, "POST", path, { body: { replace_firms: true } })).status).toBe(422);
});
