import type { RecordMessage } from "../../src/domain/queue-message.ts";
import type { World } from "./world.ts";

/** Puts into the live queue what the webhook endpoint would put there. */
export async function announce(
  world: World,
  model: RecordMessage["model"],
  id: number,
  action = "updated",
): Promise<void> {
  await world.live.send({
    kind: "record",
    org: world.org,
    model,
    id,
    trigger: "webhook",
    action,
    received_at: world.sync.now().toISOString(),
    job: crypto.randomUUID(),
  } satisfies RecordMessage);
}

/** Everything that waits in the simulator's outbox, announced. */
export async function announceOutbox(world: World): Promise<void> {
  for (const { model, action, id } of world.simulator.webhooks.outbox.splice(0)) {
    await announce(world, model as RecordMessage["model"], id, action);
  }
}
