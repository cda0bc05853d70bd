import type { Delivery } from "../../../simulator/webhooks/sender.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import { Divergence } from "./divergence.ts";
import { keyOf, recordNow } from "./record-now.ts";

/** What becomes of deliveries on their way, as shares. */
export interface DeliveryFaults {
  drop: number;
  double: number;
  late: number;
  forge: number;
  stray: number;
  reorder: number;
}

export const FAITHFUL: DeliveryFaults = { drop: 0, double: 0, late: 0, forge: 0, stray: 0, reorder: 0 };
export const UNRELIABLE: DeliveryFaults = {
  drop: 0.05,
  double: 0.15,
  late: 0.15,
  forge: 0.1,
  stray: 0.1,
  reorder: 0.5,
};

/** Sends what waits in MyCase's outbox to the webhook endpoint. What is not accepted is sent again later. */
export async function deliverWebhooks(world: ChaosWorld, faults: DeliveryFaults): Promise<string | null> {
  const { dice, simulator, shared } = world;
  const { tally } = shared;
  const waiting = simulator.webhooks.outbox.splice(0);
  const reorder = waiting.length > 1 && dice.chance(faults.reorder);
  if (reorder) tally.injected("webhook reordered");
  let sent = 0;
  for (const delivery of reorder ? dice.shuffled(waiting) : waiting) {
    if (!world.faithful && dice.chance(faults.drop)) {
      tally.injected("webhook dropped");
    } else if (dice.chance(faults.late)) {
      tally.injected("webhook late");
      simulator.webhooks.outbox.push(delivery);
    } else {
      await deliver(world, delivery);
      sent += 1;
      if (dice.chance(faults.double)) {
        tally.injected("webhook doubled");
        await deliver(world, delivery);
      }
      if (dice.chance(faults.forge)) await deliverForged(world, delivery);
    }
  }
  if (dice.chance(faults.stray)) await deliverStray(world);
  return waiting.length > 0 ? `${sent} of ${waiting.length} webhooks` : null;
}

async function deliver(world: ChaosWorld, delivery: Delivery): Promise<void> {
  const seen = recordNow(world, delivery.model, delivery.id);
  const status = (await world.simulator.webhooks.deliver(delivery))?.status ?? 0;
  if (status === 202) {
    world.accepted.set(keyOf(delivery.model, delivery.id), seen);
  } else if (status === 0 || status >= 500) {
    world.simulator.webhooks.outbox.push(delivery);
  } else {
    throw new Divergence(`a genuine webhook is answered ${status}`, delivery);
  }
}

/** Wrongly signed: refused, unless no signature of this subscription has been seen yet. */
async function deliverForged(world: ChaosWorld, delivery: Delivery): Promise<void> {
  const { faults, webhooks } = world.simulator;
  faults.forgedWebhooks = 1;
  const status = (await webhooks.deliver(delivery))?.status ?? 0;
  faults.forgedWebhooks = 0;
  if (status === 401) world.shared.tally.injected("webhook forged");
}

/** Rightly signed, about a record that there is not. */
async function deliverStray(world: ChaosWorld): Promise<void> {
  const subscription = world.dice.pick(world.simulator.webhooks.subscriptions);
  const id = world.dice.from(900_000, 900_005);
  const answer = await world.simulator.webhooks.deliver({
    subscription,
    model: subscription.model,
    action: "updated",
    id,
  });
  if (answer?.status === 202) world.shared.tally.injected("webhook for an unknown id");
}
