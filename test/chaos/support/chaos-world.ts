import { createExecutionContext } from "cloudflare:test";
import type { Simulator } from "../../../simulator/simulator.ts";
import worker from "../../../src/index.ts";
import type { MappingDocument } from "../../../src/mapping/document/schema.ts";
import type { Connection } from "../../../src/mycase/connection/types.ts";
import { clock } from "../../support/virtual-time.ts";
import { createWorld, type World } from "../../support/world.ts";
import { Broker } from "./broker.ts";
import { countFaults } from "./count-faults.ts";
import { Dice } from "./dice.ts";
import { Divergence } from "./divergence.ts";
import { Host, type Shared } from "./host.ts";
import { LedgerChain } from "./ledger-chain.ts";
import { mustBeInjected } from "./logged-bugs.ts";
import { OneAtATime } from "./one-at-a-time.ts";
import type { Tally } from "./tally.ts";
import { fillTinyFirm } from "./tiny-firm.ts";
import { drawMapping } from "./tiny-mapping.ts";
import { CALM } from "./trouble.ts";
import { Underway } from "./underway.ts";

const KEY = "admin-key-for-tests";

/** A firm in the simulator, an org here, two workers that may die, and everything that the seed decides. */
export interface ChaosWorld {
  seed: number;
  dice: Dice;
  org: string;
  /** The database as it is, without trouble: for looking only. */
  db: D1Database;
  /** The org's Durable Object as it is, likewise. */
  connection(): Connection;
  shared: Shared;
  simulator: Simulator;
  hosts: Host[];
  guard: "lax" | "strict";
  /** In this schedule MyCase sends a webhook for every change and answers truthfully: the webhooks alone have to be enough. */
  faithful: boolean;
  /** What a delivery that was accepted stands for: the record as it was then, by `model:id`. */
  accepted: Map<string, string>;
  /** Resyncs that were answered 202. */
  jobs: Set<string>;
  /** Runs that were answered 202. */
  runs: Set<string>;
  ledger: LedgerChain;
  /** Every case that ever was a project here. */
  everProjects: Set<number>;
  /** Cases that MyCase has kept out of sight in this schedule. */
  hidden: Set<number>;
  /** So many pages of listings from now all page links expire; null: they do not. */
  linksExpireAfter: number | null;
  underway: Underway;
  trace: string[];
}

/** One of the workers, a new one in the place of one that has died. */
export function anyHost(world: ChaosWorld): Host {
  const index = world.dice.from(0, world.hosts.length - 1);
  const host = world.hosts[index];
  if (host && !host.dead) return host;
  const fresh = new Host(world.shared);
  world.hosts[index] = fresh;
  return fresh;
}

/** A request to the worker as the outside sends it; null when the worker died over it. */
async function request(world: ChaosWorld, asked: Request): Promise<Response | null> {
  const host = anyHost(world);
  const answered = await host
    .run(async () => worker.fetch(asked, host.env, createExecutionContext()))
    .catch((error) => mustBeInjected(error, world.shared));
  if (answered?.status === 500) world.trace.push("  answered 500");
  return answered;
}

/** Asks the API with the admin key; status 0 when there was no answer. */
export async function call(world: ChaosWorld, method: string, path: string, body?: unknown) {
  const asked = new Request(`http://sync.test/v1/orgs/${world.org}${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await request(world, asked);
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  const answer: any = response && response.status !== 204 ? await response.json() : null;
  return { status: response?.status ?? 0, body: answer };
}

/** What cron does at this expression. */
export async function tick(world: ChaosWorld, cron: string): Promise<void> {
  const host = anyHost(world);
  const controller = { cron, scheduledTime: clock.now, noRetry: () => {} };
  await host.run(() => worker.scheduled(controller, host.env)).catch((error) => mustBeInjected(error, world.shared));
}

/** Grants access again, as a person would. */
export async function connect(world: ChaosWorld): Promise<void> {
  const { status, body } = await call(world, "POST", "/connection");
  if (status !== 200) throw new Divergence("connecting is refused without any fault", { status, body });
  const agreed = await world.simulator.handle(new Request(body.authorize_url));
  const back = await request(world, new Request(agreed.headers.get("location") ?? ""));
  if (!back || back.status >= 400)
    throw new Divergence("the callback is refused without any fault", await back?.text());
}

/** A connected world without any fault; its first import waits in the queue. */
export async function createChaosWorld(seed: number, tally: Tally): Promise<ChaosWorld> {
  const dice = new Dice(seed);
  const guard = dice.chance(0.25) ? "strict" : "lax";
  let made: ChaosWorld | null = null;
  const base: World = await createWorld({
    cases: 0,
    now: () => clock.now,
    timestamps: dice.pick(["seconds", "milliseconds"]),
    listValue: dice.pick(["option", "key"]),
    payload: dice.pick(["resource", "flat-model", "flat-event-type"]),
    largestPage: dice.chance(0.3) ? dice.from(2, 4) : Number.POSITIVE_INFINITY,
    pullLeadObjects: dice.chance(0.5),
    retryAfterMs: [],
    send: async (asked) => {
      const answer = made && (await request(made, asked));
      if (!answer) throw new Error("no answer");
      return answer;
    },
  });
  const shared: Shared = { dice, tally, database: new OneAtATime(dice), broker: new Broker(), trouble: CALM };
  const world: ChaosWorld = {
    seed,
    dice,
    org: base.org,
    db: base.env.DB,
    connection: () => base.sync.connection(base.org),
    shared,
    simulator: base.simulator,
    hosts: [new Host(shared), new Host(shared)],
    guard,
    faithful: false,
    accepted: new Map(),
    jobs: new Set(),
    runs: new Set(),
    ledger: new LedgerChain(),
    everProjects: new Set(),
    hidden: new Set(),
    linksExpireAfter: null,
    underway: new Underway(),
    trace: [],
  };
  made = world;
  fillTinyFirm(world.simulator, dice);
  countFaults(world);
  await base.setMapping(drawMapping(dice, guard) satisfies MappingDocument);
  await connect(world);
  return world;
}

/** Takes the org out of the database, so that the next world's cron finds only its own. */
export async function endChaosWorld(world: ChaosWorld): Promise<void> {
  world.shared.trouble = CALM;
  world.hosts = [new Host(world.shared)];
  const asked = new Request(`http://sync.test/v1/orgs/${world.org}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${KEY}` },
  });
  const answer = await request(world, asked);
  if (answer?.status !== 204) throw new Divergence("purging the org is refused", await answer?.text());
}
