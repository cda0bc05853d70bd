import type { Firm } from "../../db/stores/org-sync-store.ts";
import type { OfferTerms } from "../../mycase/connection/types.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";

/** Why a grant is not accepted although MyCase gave it. */
export interface GrantRefusal {
  kind: "other_firm" | "firm_connected_elsewhere" | "firm_unknown";
  detail: string;
}

export const CONNECTED_ELSEWHERE: GrantRefusal = {
  kind: "firm_connected_elsewhere",
  detail: "This MyCase firm is connected to another org",
};

const FIRM_UNKNOWN: GrantRefusal = {
  kind: "firm_unknown",
  detail: "MyCase did not say which firm granted access, so that it cannot be told from another one",
};

const OTHER_FIRM: GrantRefusal = {
  kind: "other_firm",
  detail:
    "Another MyCase firm than before granted access; purge the org first, or begin with the admin key and replace_firm",
};

/**
 * The firm that an offer connects, refused unless it is the org's own and nobody else's. Whether every token answer has the
 * documented `firm_uuid` is UNKNOWN: without it the firm's address identifies it, and without that nothing is connected.
 */
export async function checkFirm(
  context: SyncContext,
  org: string,
  grant: { offer: string; terms: OfferTerms },
): Promise<Result<Firm & { replaces: boolean }, GrantRefusal>> {
  const { offer, terms } = grant;
  const connection = context.connection(org);
  const answer = terms.firmUuid === null ? await connection.firmOf(offer) : null;
  const uuid = terms.firmUuid ?? answer?.url ?? null;
  if (uuid === null) return err(FIRM_UNKNOWN);
  const remembered = await context.orgs.connection(org);
  const previous = remembered?.firm?.uuid ?? (await connection.status()).firm_uuid;
  const replaces = previous !== null && previous !== uuid;
  if (replaces && !terms.replaceFirm) return err(OTHER_FIRM);
  const holder = await context.orgs.orgOfFirm(uuid);
  if (holder !== null && holder !== org) return err(CONNECTED_ELSEWHERE);
  const name = (answer ?? (await connection.firmOf(offer)))?.name ?? null;
  return ok({ uuid, name, replaces });
}
