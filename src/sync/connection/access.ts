import { accessFailure } from "../../domain/connection-state.ts";
import type { Failure } from "../../domain/failure.ts";
import type { SyncContext } from "../context.ts";

/** Why MyCase cannot be asked for the org until a person grants access; null when it can, now or once it is back. */
export async function missingAccess(context: SyncContext, org: string): Promise<Failure | null> {
  return accessFailure(await context.connection(org).status());
}
