import { anyHost, type ChaosWorld } from "./chaos-world.ts";
import { deliverWebhooks, FAITHFUL } from "./deliver-webhooks.ts";
import { yieldToOthers } from "./underway.ts";

const PATIENCE = 60; // turns to wait for the slow read to begin; a fault may keep it from beginning at all

/**
 * A slow read of an old state ends after a fast read of a new one: a case changes, a worker asks for it, and while the
 * answer is on its way the case changes again, or back, and another worker asks.
 */
export async function overtake(world: ChaosWorld): Promise<string | null> {
  const { dice, simulator, underway } = world;
  const ids = [...simulator.firm.cases.keys()];
  if (underway.full || ids.length === 0) return null;
  const id = dice.pick(ids);
  const before = simulator.edit.get("cases", id).name;
  simulator.edit.update("cases", id, { name: `Case ${dice.from(1, 999)}` });
  await deliverWebhooks(world, FAITHFUL);
  underway.holdNext = `/v1/cases/${id}`;
  underway.follow(deliverLive(world));
  for (let turn = 0; underway.holdNext !== null && turn < PATIENCE; turn++) await yieldToOthers();
  const began = underway.holdNext === null;
  underway.holdNext = null;
  const name = dice.chance(0.4) ? before : `Case ${dice.from(1, 999)}`;
  simulator.edit.update("cases", id, { name });
  await deliverWebhooks(world, FAITHFUL);
  underway.follow(deliverLive(world));
  return `case ${id} changes ${name === before ? "and changes back " : ""}while it is read${began ? "" : " (it was not)"}`;
}

function deliverLive(world: ChaosWorld): Promise<unknown> {
  const { broker } = world.shared;
  const taken = broker.take("live", 100, world.dice);
  return taken.length > 0 ? broker.deliver("live", taken, anyHost(world), world.shared) : Promise.resolve();
}
