/** What a queue is for; the only thing that is known of it is its name, as every installation names its own. */
export type QueueRole = "live" | "bulk" | "dead";

const ROLES: readonly QueueRole[] = ["live", "bulk", "dead"];

/** The role by the last word of the queue's name: `mycase-sync-dead` is the dead-letter queue. Throws for any other. */
export function queueRole(name: string): QueueRole {
  const role = ROLES.find((candidate) => name.endsWith(`-${candidate}`));
  if (!role) throw new Error(`no consumer for the queue ${name}`);
  return role;
}
