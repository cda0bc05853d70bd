import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { writeEnvFile } from "../../scripts/dev-vars.ts";
import { freePort } from "../../scripts/free-port.ts";
import { fireCron } from "../../scripts/local-cron.ts";
import { setUpDemo } from "../../scripts/set-up-demo.ts";
import type { DevWorker } from "../../scripts/wrangler.ts";
import { killHard, type Running, startOn, startSimulator, withDatabase } from "./support.ts";

const CASES = 1200;
const KILLS = 3;
const LEDGER = [
  ["project", "projects"],
  ["contact", "contacts"],
  ["team_member", "team_members"],
  ["project_contact", "project_contacts"],
  ["project_team_member", "project_team_members"],
] as const;
const KEY = "process-test-admin-key";

const folder = mkdtempSync(join(tmpdir(), "killed-"));
let simulator: Running | null = null;
let worker: DevWorker | null = null;

afterAll(async () => {
  if (worker) await killHard(worker);
  await simulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  id: string;
  kind: string;
  state: string;
  progress: { done: number; total: number | null };
  errors: unknown[];
}

// biome-ignore lint/suspicious/noExplicitAny: answers of several shapes
async function ask(method: string, path: string, body?: unknown): Promise<any> {
  const response = await fetch(`${worker?.url}/v1/orgs/demo/${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return response.json();
}

async function backfill(): Promise<Run> {
  const { data } = await ask("GET", "runs?limit=100");
  const [run] = (data as Run[]).filter((one) => one.kind === "backfill");
  if (!run) throw new Error("no backfill");
  return run;
}

/** Until the latest backfill has come so far, as a share of its total, or has ended. */
async function untilDone(share: number): Promise<Run> {
  for (let tries = 0; tries < 1200; tries++) {
    const run = await backfill();
    const { done, total } = run.progress;
    if (!["queued", "running"].includes(run.state) || (total !== null && done >= share * total)) return run;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the backfill did not end: ${JSON.stringify(await backfill())}`);
}

/**
 * Local queues forget what they hold when they are killed, so the run is lost. That is noticed after a minute of silence;
 * here the minute is taken off its last sign of life instead of being waited for.
 */
function letAMinutePass(): void {
  withDatabase(folder, (database) => {
    database.exec(`UPDATE runs SET heartbeat_at = strftime('%Y-%m-%dT%H:%M:%fZ', heartbeat_at, '-61 seconds')
      WHERE state IN ('queued', 'running')`);
  });
}

/** Each takes up a lost run: the clock's next tick, and somebody asking for another one. */
const TAKEN_UP_BY = [
  () => ask("POST", "runs", { kind: "backfill" }),
  () => fireCron(String(worker?.url), "*/5 * * * *"),
];

/** Kills the worker somewhere in the middle of the import, and starts it again on what is left. */
async function killAt(share: number, port: number, takeUp: () => Promise<unknown>): Promise<void> {
  const before = await untilDone(share);
  expect(before.state, `the import at ${share} of its way`).toBe("running");
  if (worker) await killHard(worker);
  letAMinutePass();
  worker = await startOn(folder, port);
  await takeUp();
  const after = await backfill();
  expect(after.id).toBe(before.id);
  expect(after.progress.done).toBeGreaterThanOrEqual(before.progress.done);
}

test("a first import whose worker is killed again and again goes on where it was, and imports every case once", async () => {
  simulator = await startSimulator({ SIMULATOR_CASES: String(CASES), SIMULATOR_LARGEST_PAGE: "60" });
  const port = await freePort(0);
  writeEnvFile(join(folder, "env"), {
    MYCASE_API_URL: `${simulator.url}/v1`,
    MYCASE_AUTH_URL: simulator.url,
    MYCASE_CLIENT_ID: "demo-client",
    MYCASE_CLIENT_SECRET: "demo-secret",
    ADMIN_API_KEY: KEY,
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  });
  worker = await startOn(folder, port);
  await setUpDemo({ url: worker.url, adminKey: KEY });

  for (let kill = 0; kill < KILLS; kill++) {
    const takeUp = TAKEN_UP_BY[kill % TAKEN_UP_BY.length];
    if (takeUp) await killAt((kill + 0.15 + 0.6 * Math.random()) / KILLS, port, takeUp);
  }
  const run = await untilDone(Number.POSITIVE_INFINITY);
  expect(run).toMatchObject({ state: "succeeded", errors: [] });
  const coverage = await ask("GET", "coverage");
  expect(coverage).toMatchObject({ mycase_total: CASES, buckets: { project: CASES, pending: 0, failed: 0 } });

  // Whatever was lost or done by halves, a second import would put right, and count.
  await ask("POST", "runs", { kind: "backfill" });
  const second = await untilDone(Number.POSITIVE_INFINITY);
  expect(second).toMatchObject({ state: "succeeded", rows_written: 0, counts: { changed: 0 } });
  expect(second.id).not.toBe(run.id);

  await worker.stop();
  worker = null;
  withDatabase(folder, expectEverythingOnce);
}, 120_000);

/** Every row of the portal has exactly one creation in the ledger. */
function expectEverythingOnce(database: DatabaseSync): void {
  const count = (sql: string) => Number(database.prepare(`SELECT count(*) AS n FROM ${sql}`).get()?.n);
  expect(count("mycase_cases WHERE state = 'present'")).toBe(CASES);
  expect(count("projects WHERE deleted_at IS NULL")).toBe(CASES);
  for (const [entity, table] of LEDGER) {
    const creations = `changes WHERE entity = '${entity}' AND field = '*' AND old_value IS NULL`;
    expect(count(creations), `creations in ${table}`).toBe(count(table));
    expect(count(`(SELECT DISTINCT entity_id FROM ${creations})`), `created in ${table}`).toBe(count(table));
  }
  expect(count("dead_letters")).toBe(0);
}
