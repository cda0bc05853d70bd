import type { Failure } from "../../domain/failure.ts";
import type { SyncContext } from "../context.ts";

/** Why MyCase cannot be asked for the org until a person does something; null when it can, now or once it is back. */
export async function missingAccess(context: SyncContext, org: string): Promise<Failure | null> {
  const { state, why } = await context.connection(org).status();
  if (state === "not_connected") return { kind: state, detail: "The org has no connection to MyCase." };
  if (state !== "reauthorization_required") return null;
  return { kind: state, detail: why ?? "MyCase refuses the connection; grant access again." };
}
