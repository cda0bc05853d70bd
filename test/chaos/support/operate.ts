import { clock } from "../../support/virtual-time.ts";
import { anyHost, type ChaosWorld, call, tick } from "./chaos-world.ts";
import { deliverWebhooks, UNRELIABLE } from "./deliver-webhooks.ts";
import { editSomething } from "./edits.ts";
import { killWorker, misbehave } from "./misbehave.ts";
import { overtake } from "./overtake.ts";
import { drawMapping } from "./tiny-mapping.ts";

type Operation = (world: ChaosWorld) => Promise<string | null>;

/** Everything that happens to a world, by name; each returns what it did, or null when there was nothing to do. */
const OPERATIONS = {
  edit: async (world) => editSomething(world),
  webhooks: (world) => deliverWebhooks(world, UNRELIABLE),
  live: (world) => deliverSome(world, "live"),
  bulk: (world) => deliverSome(world, "bulk"),
  misbehave: async (world) => misbehave(world),
  kill: async (world) => killWorker(world),
  overtake,
  poll: async (world) => {
    clock.pass(world.dice.from(1, 5) * 60_000);
    await tick(world, "*/5 * * * *");
    return "cron */5";
  },
  run: async (world) => {
    const kind = world.dice.pick(["poll", "team", "nightly", "backfill"]);
    const { status, body } = await call(world, "POST", "/runs", { kind });
    if (status === 202) world.runs.add(body.run.id);
    return `run ${kind}: ${status}`;
  },
  cancel: async (world) => {
    const { body } = await call(world, "GET", "/runs?limit=5");
    const open = (body?.data ?? []).filter((run: { state: string }) =>
      ["queued", "running", "held"].includes(run.state),
    );
    if (open.length === 0) return null;
    const run = world.dice.pick(open) as { id: string; kind: string };
    return `${world.dice.chance(0.5) ? "cancel" : "approve"} ${run.kind}: ${(await decide(world, run.id)).status}`;
  },
  resync: async (world) => {
    const id = world.dice.chance(0.1) ? 900_000 : world.dice.pick([...world.simulator.firm.cases.keys()]);
    const { status, body } = await call(world, "POST", `/projects/${id}/resync`);
    if (status === 202) world.jobs.add(body.job.id);
    return `resync ${id}: ${status}`;
  },
  mapping: async (world) => {
    const document = drawMapping(world.dice, world.guard);
    const { status } = await call(world, "PUT", `/mapping${world.dice.chance(0.8) ? "?confirm=true" : ""}`, document);
    return `mapping: ${status}`;
  },
  settings: async (world) => {
    const body = world.dice.chance(0.5)
      ? { pull_lead_objects: world.dice.chance(0.6) }
      : { default_country: world.dice.pick(["US", "GB"]) };
    return `${JSON.stringify(body)}: ${(await call(world, "PATCH", "", body)).status}`;
  },
  replay: async (world) => `replay: ${(await call(world, "POST", "/dead-letters/replay")).status}`,
} satisfies Record<string, Operation>;

const WEIGHTS: Record<keyof typeof OPERATIONS, number> = {
  edit: 26,
  webhooks: 14,
  live: 22,
  bulk: 8,
  misbehave: 14,
  kill: 5,
  overtake: 4,
  poll: 3,
  run: 3,
  cancel: 1,
  resync: 4,
  mapping: 1.5,
  settings: 0.7,
  replay: 1,
};

/** Only a listing repairs what these do. */
const NOT_WHEN_FAITHFUL = { cancel: 0, settings: 0 };

/** Does one random operation that is possible now. */
export async function operate(world: ChaosWorld): Promise<void> {
  const weights = world.faithful ? { ...WEIGHTS, ...NOT_WHEN_FAITHFUL } : WEIGHTS;
  for (let done: string | null = null; done === null; ) {
    const name = world.dice.weighted(weights);
    clock.pass(world.dice.from(0, 3000));
    world.trace.push(`${name} ...`);
    done = await OPERATIONS[name](world);
    world.trace.pop();
    if (done === null) continue;
    world.trace.push(`${name}: ${done}`);
    world.shared.tally.did(name);
    world.underway.operated();
  }
}

function decide(world: ChaosWorld, run: string) {
  return call(world, "POST", `/runs/${run}/${world.dice.chance(0.3) ? "cancel" : "approve"}`);
}

/** Up to three deliveries beside each other, to either worker, of messages from anywhere in the queue. */
async function deliverSome(world: ChaosWorld, lane: "live" | "bulk"): Promise<string | null> {
  const { dice, shared } = world;
  if (world.underway.full) return null;
  const batches = [];
  for (let batch = dice.from(1, 3); batch > 0; batch--) {
    const taken = shared.broker.take(lane, lane === "bulk" ? 1 : dice.from(1, 5), dice);
    if (taken.length > 0) batches.push(taken);
  }
  if (batches.length === 0) return null;
  if (batches.length > 1) shared.tally.injected("batches overlapping");
  const works = Promise.all(batches.map((taken) => shared.broker.deliver(lane, taken, anyHost(world), shared)));
  // Where answers may be held back, the next operations happen meanwhile: a record changes while it is being read.
  const continues = shared.trouble.slowAnswer > 0;
  if (continues) world.underway.follow(works);
  else await works;
  return `${lane} ${batches.map((taken) => taken.length).join(" beside ")}${continues ? ", continuing" : ""}`;
}
