import { clock } from "../../support/virtual-time.ts";
import { anyHost, type ChaosWorld, call, connect, tick } from "./chaos-world.ts";
import { expectAcceptedTaken } from "./checks.ts";
import { deliverWebhooks, FAITHFUL } from "./deliver-webhooks.ts";
import { Divergence } from "./divergence.ts";
import { openWork } from "./stored.ts";
import { CALM } from "./trouble.ts";

const DAY_MS = 86_400_000;
const MAX_ROUNDS = 80;

/**
 * Every fault ends; then what production does by itself has to be enough: deliveries and cron, and a nightly where
 * MyCase was unreliable.
 */
export async function settleDown(world: ChaosWorld): Promise<void> {
  const { shared, simulator, hosts } = world;
  world.linksExpireAfter = null;
  simulator.faults.clear();
  for (const host of hosts) host.spare();
  await world.underway.whenIdle();
  shared.trouble = CALM;
  await reconnectIfDead(world);
  await deliverWebhooks(world, FAITHFUL);
  await drain(world);
  await replayAll(world);
  await expectAcceptedTaken(world);

  if (!world.faithful) {
    clock.now = Math.ceil((clock.now + 1) / DAY_MS) * DAY_MS + 60_000;
    await tick(world, "0 * * * *");
    await drain(world);
  }
  // A run that the guard holds, or that was lost, is taken up; approving it is the person's part.
  for (let round = 0; ; round++) {
    const open = await openWork(world);
    if (open.runs.length === 0 && open.underived.length === 0) return;
    if (round === 5) throw new Divergence("a run stays open", open);
    await whatCronDoes(world, open.runs);
  }
}

/** A refresh whose answer was lost has used up the refresh token: somebody has to connect again. */
async function reconnectIfDead(world: ChaosWorld): Promise<void> {
  const { state } = await world.connection().status();
  if (state === "reauthorization_required") await connect(world);
}

async function whatCronDoes(world: ChaosWorld, runs: Record<string, unknown>[]): Promise<void> {
  clock.pass(20 * 60_000);
  for (const run of runs) if (run.state === "held") await call(world, "POST", `/runs/${run.id}/approve`);
  await tick(world, "*/5 * * * *");
  await drain(world);
}

/** Delivers until nothing waits. Without faults nothing may be retried for ever. */
async function drain(world: ChaosWorld): Promise<void> {
  const { broker } = world.shared;
  for (let round = 0; !broker.empty; round++) {
    if (round === MAX_ROUNDS) throw new Divergence("the queues do not empty", broker.waiting);
    if (round % 10 === 9) await reconnectIfDead(world);
    const lane = broker.waiting.live.length > 0 ? "live" : "bulk";
    const taken = broker.take(lane, lane === "live" ? 100 : 1, world.dice);
    clock.pass(1000 * (await broker.deliver(lane, taken, anyHost(world), world.shared)));
  }
}

/** What was given up during the faults is done when somebody presses "replay", and is not given up again. */
async function replayAll(world: ChaosWorld): Promise<void> {
  if ((await openWork(world)).deadLetters.length === 0) return;
  await call(world, "POST", "/dead-letters/replay");
  await drain(world);
  const { deadLetters } = await openWork(world);
  if (deadLetters.length > 0) throw new Divergence("dead letters stay open after a replay", deadLetters);
}
