import { env as workerEnv } from "cloudflare:workers";
import { expect } from "vitest";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../simulator/simulator.ts";
import { readConfig } from "../../src/config.ts";
import type { Env } from "../../src/env.ts";
import type { MappingDocument } from "../../src/mapping/document/schema.ts";
import { mappingDocument } from "../../src/mapping/document/schema.ts";
import { consume } from "../../src/queue/consume.ts";
import { createServices, type Services } from "../../src/services.ts";
import { authorize } from "../../src/sync/connection/connect.ts";
import { finishConnection } from "../../src/sync/connection/finish-connection.ts";
import { batchOf, type TestMessage, TestQueue } from "./queues.ts";

const ORIGIN = "http://sync.test";

/** A mapping under which most of the simulator's cases become projects. */
export const MAPPING: MappingDocument = mappingDocument.parse({
  fields: { project_type: { field: "practice_area" }, phase: { field: "case_stage" } },
  project_types: [
    {
      key: "injury",
      name: "Personal Injury",
      values: ["Personal Injury", "Auto Accident", "Workers Compensation"],
      phases: [
        { key: "intake", name: "Getting started", values: ["Intake", "New"] },
        {
          key: "working",
          name: "Building your case",
          values: ["Investigation", "Treatment", "Discovery", "Demand Sent"],
        },
        { key: "resolving", name: "Resolving", values: ["Negotiation", "Litigation", "Mediation", "Settlement"] },
      ],
    },
    {
      key: "family",
      name: "Family",
      values: ["Family Law"],
      phases: [{ key: "intake", name: "Start", values: ["Intake"] }],
    },
  ],
  contacts: { mode: "main", roles: [{ key: "client", name: "Client", groups: ["Client"] }] },
  team_roles: [{ key: "attorney", name: "Your attorney", titles: ["Attorney", "Partner"] }],
});

/** A firm in the simulator, an org here, and the queues in the test's hand. */
export interface World {
  org: string;
  env: Env;
  services: Services;
  sync: Services["sync"];
  simulator: Simulator;
  live: TestQueue;
  bulk: TestQueue;
  /** Connects over OAuth; the first import waits in the queue. */
  connect(): Promise<void>;
  setMapping(document: MappingDocument): Promise<void>;
  /** Delivers what waits, and what comes of it, until nothing does; retries at once, whatever their delay. */
  drain(options?: { most?: number }): Promise<void>;
  rows(table: string): Promise<Record<string, unknown>[]>;
}

let worlds = 0;
let file: string | undefined;
const simulators: Simulator[] = [];
const realFetch = globalThis.fetch;
globalThis.fetch = (async (input: RequestInfo | URL, init?: RequestInit) => {
  const request = new Request(input as RequestInfo, init);
  if (new URL(request.url).hostname !== "mycase.test") return realFetch(request);
  return (await ownerOf(request)).handle(request);
}) as typeof fetch;

/** All worlds share one address of MyCase; the token or the code says whose firm is meant. */
async function ownerOf(request: Request): Promise<Simulator> {
  const access = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
  const body = access === "" ? await request.clone().text() : "";
  const owner = simulators.find(({ tokens }) => {
    const { refresh, codes } = tokens.state;
    const grants = [refresh?.token, ...Object.keys(codes)].filter((one) => one !== undefined);
    return tokens.isAccess(access) || grants.some((one) => body.includes(one));
  });
  const found = owner ?? simulators.at(-1);
  if (!found) throw new Error("no simulator is up");
  return found;
}

/** Test files share this module; what the one before left is of no use to the next. */
function forgetOtherFiles(): void {
  const { testPath } = expect.getState();
  if (testPath !== file) simulators.length = 0;
  file = testPath;
}

/** Makes a world of its own: another org in the same database, another firm behind `mycase.test`. */
export async function createWorld(options: SimulatorOptions & { pullLeadObjects?: boolean } = {}): Promise<World> {
  const org = `firm-${++worlds}`;
  const simulator = createSimulator({
    cases: 8,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    delivery: "manual",
    ...options,
  });
  forgetOtherFiles();
  simulators.push(simulator);
  const live = new TestQueue();
  const bulk = new TestQueue();
  const bindings = workerEnv as unknown as Env;
  const env = { ...bindings, DB: ownHandle(bindings.DB), LIVE_QUEUE: live, BULK_QUEUE: bulk } as unknown as Env;
  const config = readConfig(env);
  if (!config.ok) throw new Error(JSON.stringify(config.failure));
  const services = createServices(env, config.value);
  const { sync } = services;
  await env.DB.prepare(
    "INSERT INTO orgs (id, name, timezone, created_at, pull_lead_objects) VALUES (?, ?, 'UTC', ?, ?)",
  )
    .bind(org, "Test firm", new Date().toISOString(), options.pullLeadObjects ? 1 : 0)
    .run();

  return {
    org,
    env,
    services,
    sync,
    simulator,
    live,
    bulk,
    async connect() {
      const { authorize_url } = await authorize(sync, org, { origin: ORIGIN });
      const agreed = await simulator.handle(new Request(authorize_url));
      const back = new URL(agreed.headers.get("location") ?? "");
      const done = await finishConnection(
        sync,
        back.searchParams.get("state") ?? "",
        back.searchParams.get("code") ?? "",
      );
      if (!done.ok) throw new Error(JSON.stringify(done.failure));
    },
    async setMapping(document) {
      const next = { document: JSON.stringify(document), restoredFrom: null, expected: null };
      await services.mappings.add(org, next, new Date());
    },
    drain: (how) => drain(sync, live, bulk, how?.most ?? 500),
    async rows(table) {
      const order = table === "changes" ? " ORDER BY seq" : "";
      const { results } = await env.DB.prepare(`SELECT * FROM ${table} WHERE org_id = ?${order}`).bind(org).all();
      return results;
    },
  };
}

/** The same database behind an object of this world's own: a test that patches or counts its calls affects no other world. */
function ownHandle(database: D1Database): D1Database {
  return {
    prepare: (sql) => database.prepare(sql),
    batch: (statements) => database.batch(statements),
    exec: (sql) => database.exec(sql),
    withSession: (constraint) => database.withSession(constraint),
    dump: () => database.dump(),
  };
}

async function drain(sync: Services["sync"], live: TestQueue, bulk: TestQueue, most: number): Promise<void> {
  for (let round = 0; round < most; round++) {
    const queue = live.waiting.length > 0 ? live : bulk;
    const messages = queue.waiting.splice(0, queue === live ? 100 : 1);
    if (messages.length === 0) return;
    await deliver(sync, queue, messages);
  }
  throw new Error(`the queues are not empty after ${most} batches`);
}

async function deliver(sync: Services["sync"], queue: TestQueue, messages: TestMessage[]): Promise<void> {
  await consume(sync, batchOf("test", messages));
  for (const message of messages) {
    if (message.verdict === "ack") continue;
    message.attempts += 1;
    message.verdict = "none";
    queue.waiting.push(message);
  }
}
