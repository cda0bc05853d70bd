import { LANES, type Lane } from "../domain/queue-message.ts";

/** What a queue is for: one of the lanes, or the dead-letter queue. */
export type QueueRole = Lane | "dead";

const ROLES: readonly QueueRole[] = [...LANES, "dead"];

/** The role by the suffix of the queue's name, as every installation names its own: `acme-dead`. Throws for any other. */
export function queueRole(name: string): QueueRole {
  const role = ROLES.find((candidate) => name.endsWith(`-${candidate}`));
  if (!role) throw new Error(`no consumer for the queue ${name}`);
  return role;
}
