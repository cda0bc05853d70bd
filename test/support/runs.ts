import { ask } from "./api.ts";
import type { World } from "./world.ts";

/** Starts a run as a user would; its work waits in the queue. */
export async function start(world: World, kind: string): Promise<string> {
  const { status, body } = await ask(world, "POST", `/v1/orgs/${world.org}/runs`, { body: { kind } });
  if (status !== 202) throw new Error(`a ${kind} was not started: ${status} ${JSON.stringify(body)}`);
  return body.run.id;
}

export async function runOf(world: World, id: string) {
  return (await ask(world, "GET", `/v1/orgs/${world.org}/runs/${id}`)).body;
}

/** A run from its start to its end, with everything that comes of it. */
export async function complete(world: World, kind: string) {
  const id = await start(world, kind);
  await world.drain();
  return runOf(world, id);
}

/** What another listing of everything would still change. */
export async function leftForBackfill(world: World): Promise<Record<string, unknown>[]> {
  const before = (await world.rows("changes")).length;
  const { state } = await complete(world, "backfill");
  if (state !== "succeeded") throw new Error(`the backfill ${state}`);
  return (await world.rows("changes")).slice(before);
}
