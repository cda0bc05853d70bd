import type { SyncContext } from "../context.ts";
import { disconnect } from "./connect.ts";

const MAX_SLICES = 40; // some 200,000 rows in one request or tick; a larger org is finished by the ticks after it

/**
 * Deletes the org: its subscriptions, its tokens, every row. From the first step on nothing of it can be read or written.
 * What MyCase says to the cancelling does not hold it up. True when nothing is left.
 */
export async function purgeOrg(context: SyncContext, org: string): Promise<boolean> {
  await context.purges.begin(org, context.now());
  await disconnect(context, org);
  await context.connection(org).erase();
  for (let slice = 0; slice < MAX_SLICES; slice++) if (await context.purges.deleteSlice(org)) return true;
  return false;
}

/** Goes on with deletions that were too large for one request, or whose worker ended. */
export async function resumePurges(context: SyncContext): Promise<number> {
  const orgs = await context.purges.unfinished();
  for (const org of orgs) await purgeOrg(context, org);
  return orgs.length;
}
