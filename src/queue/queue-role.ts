import { LANES, type Lane } from "../domain/lane.ts";

/** What a queue is for: one of the lanes, or the dead-letter queue. */
export type QueueRole = Lane | "dead";

const ROLES: readonly QueueRole[] = [...LANES, "dead"];

/** The role by the suffix of the queue's name, as every installation names its own: `acme-dead`. Null for any other. */
export function findQueueRole(name: string): QueueRole | null {
  return ROLES.find((role) => name.endsWith(`-${role}`)) ?? null;
}

/** The same, where a queue without a role is a mistake in wrangler.toml. */
export function queueRole(name: string): QueueRole {
  const role = findQueueRole(name);
  if (!role) throw new Error(`no consumer for the queue ${name}`);
  return role;
}
