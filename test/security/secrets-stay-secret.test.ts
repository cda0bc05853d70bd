import { abortAllDurableObjects } from "cloudflare:test";
import { afterEach, expect, test, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { tick } from "../../src/cron/tick.ts";
import { createServices } from "../../src/services.ts";
import { ask, keyFor } from "../support/api.ts";
import { announce } from "../support/events.ts";
import { smallFirm } from "../support/firm.ts";
import { MAPPING, type World } from "../support/world.ts";

const PLANTED = {
  first_name: "Zebulonia",
  last_name: "Quackenbush",
  email: "zebulonia@planted.example",
  cell_phone_number: "(917) 555-0142",
  birthdate: "1961-02-03",
};

afterEach(() => vi.restoreAllMocks());

/** Every line that is logged from now on. */
function listen(): string[] {
  const lines: string[] = [];
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...said: unknown[]) => {
      lines.push(said.map((one) => (one instanceof Error ? `${one.message} ${one.stack}` : String(one))).join(" "));
    });
  }
  return lines;
}

/** What must never be seen: of the firm's clients, and of this deployment. */
function secretsOf(world: World, ...keys: string[]): string[] {
  const { access, refresh } = world.simulator.tokens.state;
  const { ADMIN_API_KEY, ENCRYPTION_KEY, MYCASE_CLIENT_SECRET } = world.env;
  const webhooks = world.simulator.webhooks.subscriptions;
  return [
    ...Object.values(PLANTED),
    "9175550142",
    "Planted v. World",
    ...Object.keys(access),
    refresh?.token ?? "",
    ...webhooks.map((one) => one.hmac_key),
    ...webhooks.map((one) => one.url.split("/").at(-1) ?? ""),
    ...keys,
    ADMIN_API_KEY ?? "",
    ENCRYPTION_KEY ?? "",
    MYCASE_CLIENT_SECRET ?? "",
  ].filter((secret) => secret !== "");
}

/** Lets the database throw so many times. */
function failing(world: World, name: "batch" | "prepare", times: number, error: Error): void {
  const d1 = world.env.DB;
  const own = d1[name].bind(d1) as (...given: unknown[]) => unknown;
  let left = times;
  const strike = (...given: unknown[]) => {
    if (left-- > 0) throw error;
    return own(...given);
  };
  Object.defineProperty(d1, name, { value: strike, configurable: true });
}

test("no name, number, address, token or key is in any log line, whatever is done and whatever fails", async () => {
  const lines = listen();
  const world = await smallFirm();
  const key = await keyFor(world, "admin");
  const { simulator, org } = world;
  simulator.edit.update("clients", 1, PLANTED, { silent: true });
  simulator.edit.update("cases", 100, { name: "Planted v. World" }, { silent: true });
  const path = new URL(simulator.webhooks.subscriptions[0]?.url ?? "").pathname;
  const base = `/v1/orgs/${org}`;

  for (const model of ["client", "case"] as const) await announce(world, model, model === "client" ? 1 : 100);
  await world.drain();
  await ask(world, "POST", path, { key: null, body: { model: "case", id: 100, name: PLANTED.first_name } });
  await ask(world, "POST", `${path}x`, { key: null, body: { id: 1 } });
  await ask(world, "POST", path, { key: null, body: `{"name": "${PLANTED.first_name}"` });
  await ask(world, "GET", `${base}/contacts/1`, { key });
  await ask(world, "GET", `${base}/projects?q=${PLANTED.last_name}`, { key });
  await ask(world, "PUT", `${base}/mapping`, { key, body: { ...MAPPING, fields: PLANTED.email } });
  await ask(world, "POST", `${base}/projects/100/resync`, { key });
  await ask(world, "GET", `${base}/explain/cases/100`, { key });
  await ask(world, "GET", `${base}/health`, { key: `${key}x` });
  await ask(world, "GET", "/metrics");
  await ask(world, "GET", `/oauth/mycase/callback?state=${org}.guess&code=x`, { key: null });
  await world.drain();

  // Everything that can fail does: MyCase, its answers, the tokens, the database with its values in its message.
  simulator.faults.add({ path: "^/v1/cases/100$", times: 1, status: 500, body: PLANTED.email });
  simulator.faults.add({ path: "^/v1/cases/100$", times: 1, malformed: true });
  simulator.faults.add({
    path: "^/v1/cases/100$",
    times: 1,
    body: JSON.stringify({ id: 100, name: 5, clients: PLANTED }),
  });
  for (let time = 0; time < 3; time++) await announce(world, "case", 100);
  await world.drain();
  for (const name of ["batch", "prepare"] as const) {
    const error = new TypeError(`cannot write ${PLANTED.email} with ${simulator.tokens.state.refresh?.token}`);
    failing(world, name, 2, error);
    await announce(world, "case", 100);
    await world.drain();
  }
  simulator.tokens.revokeAccessTokens();
  simulator.tokens.revokeRefreshTokens();
  await announce(world, "client", 1);
  await tick(world.sync, "*/5 * * * *").catch(() => undefined);

  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => /"level":"error"/.test(line)).length).toBeGreaterThan(0);
  const secrets = secretsOf(world, key);
  for (const line of lines) for (const secret of secrets) expect(line).not.toContain(secret);
});

test("errors that callers see quote no secret and no stack", async () => {
  const world = await smallFirm();
  const answers = [
    await ask(world, "POST", "/v1/orgs", { body: { id: "x", name: "y", timezone: "secret-zone" } }),
    await ask(world, "GET", "/oauth/mycase/callback?state=a.secret-state&code=secret-code", { key: null }),
    await ask(world, "GET", `/v1/orgs/${world.org}/contacts?cursor=%00secret`),
    await ask(world, "GET", `/v1/orgs/${world.org}/health`, { key: "secret-key" }),
  ];
  for (const { status, body } of answers) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(body)).not.toMatch(/secret-|\bat .*\.ts|node_modules/);
  }
});

test("ENCRYPTION_KEY is changed without losing a connection or a signature, and the old key can go after a nightly", async () => {
  const world = await smallFirm();
  const fresh = btoa(String.fromCharCode(...new Uint8Array(32).fill(9)));
  const env = { ...world.env, ENCRYPTION_KEY: fresh, ENCRYPTION_KEY_PREVIOUS: world.env.ENCRYPTION_KEY };
  const config = readConfig(env as typeof world.env);
  if (!config.ok) throw new Error("configuration");
  const services = createServices(env as typeof world.env, config.value);
  const subscription = () => {
    const [first] = world.simulator.webhooks.subscriptions;
    return { key: new URL(first?.url ?? "").pathname.split("/").at(-1) ?? "", hmacKey: first?.hmac_key };
  };
  const before = subscription();
  expect(await services.knownSubscriptions.find(before.key)).toMatchObject({ hmacKey: before.hmacKey });

  const { startRun } = await import("../../src/sync/runs/start.ts");
  await startRun(services.sync, world.org, "nightly", { trigger: "api" });
  const changed = { ...world, sync: services.sync };
  await world.drain.call(changed);
  const { ensureSubscriptions } = await import("../../src/sync/webhooks/subscriptions.ts");
  await ensureSubscriptions(services.sync, world.org);
  const alone = readConfig({ ...env, ENCRYPTION_KEY_PREVIOUS: "" } as typeof world.env);
  if (!alone.ok) throw new Error("configuration");
  const later = createServices(env as typeof world.env, alone.value);
  const after = subscription();
  expect(await later.knownSubscriptions.find(after.key)).toMatchObject({ kind: "active", hmacKey: after.hmacKey });
  await abortAllDurableObjects();
});
