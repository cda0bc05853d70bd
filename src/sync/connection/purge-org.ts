import type { Failure } from "../../domain/failure.ts";
import { ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { disconnect } from "./connect.ts";

/** Ends the org: its subscriptions, its tokens, every row. What MyCase says to the cancelling does not hold it up. */
export async function purgeOrg(context: SyncContext, org: string): Promise<Result<null, Failure>> {
  await disconnect(context, org);
  await context.connection(org).erase();
  await context.orgs.purge(org);
  return ok(null);
}
