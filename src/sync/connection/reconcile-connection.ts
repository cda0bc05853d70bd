import { hasAccess } from "../../domain/connection-state.ts";
import { log } from "../../platform/log.ts";
import type { SyncContext } from "../context.ts";
import { startWork } from "./start-work.ts";

const MAX_ORGS = 50; // each costs a call of its connection; the others have their turn in a later tick

/**
 * Brings the database's record of the connection into line with the connection itself, which has the last word: a worker
 * may have ended between the two, or the database may have been restored. `settledBefore`: a record that is newer may
 * belong to a grant that is being finished.
 */
export async function reconcileConnection(context: SyncContext, org: string, settledBefore: Date): Promise<void> {
  const connection = context.connection(org);
  const [status, record] = await Promise.all([connection.status(), context.orgs.connection(org)]);
  if (!record) return;
  if (status.state === "not_connected") {
    const isSettled = record.connected_at !== null && Date.parse(record.connected_at) <= settledBefore.getTime();
    if (isSettled) await context.orgs.disconnect(org);
    return;
  }
  if (record.connected_at !== null || status.firm_uuid === null || status.origin === null) return;
  log("warn", "connection.unrecorded", { org });
  const firm = { uuid: status.firm_uuid, name: record.firm?.name ?? null };
  const isOtherFirm = record.firm !== null && record.firm.uuid !== firm.uuid;
  const claimed = isOtherFirm
    ? "elsewhere"
    : await context.orgs.connect(org, { at: context.now(), origin: status.origin, firm });
  if (claimed !== "connected") return connection.forget();
  if (hasAccess(status.state)) await startWork(context, org);
}

/** Looks for connections that the database does not know; returns how many orgs were looked at. */
export async function reconcileConnections(context: SyncContext): Promise<number> {
  const orgs = await context.orgs.unconnected(MAX_ORGS);
  for (const org of orgs) await reconcileConnection(context, org, context.now());
  return orgs.length;
}
