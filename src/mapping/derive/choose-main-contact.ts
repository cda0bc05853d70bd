import type { MainContactReason } from "../../domain/rows.ts";

/** What the clients of a case are wanted for: links of a project, the one contact of a lead, or nothing. */
export type LinkPurpose = "project" | "lead" | "none";

export interface MainContact {
  client_id: number | null;
  reason: MainContactReason;
}

interface Candidate {
  client_id: number;
  inMappedGroup: boolean;
}

/** D1, first that applies: pinned, billing contact, only one in a mapped group, lowest id in one, lowest id. */
export function chooseMainContact(
  candidates: readonly Candidate[],
  preferences: { pinned: number | null; billing: number | null },
): MainContact {
  const has = (id: number | null) => id !== null && candidates.some((candidate) => candidate.client_id === id);
  if (has(preferences.pinned)) return { client_id: preferences.pinned, reason: "pinned" };
  if (has(preferences.billing)) return { client_id: preferences.billing, reason: "billing_contact" };
  const inMappedGroup = candidates.filter((candidate) => candidate.inMappedGroup);
  if (inMappedGroup.length > 0) {
    const reason = inMappedGroup.length === 1 ? "only_in_group" : "lowest_in_group";
    return { client_id: lowestId(inMappedGroup), reason };
  }
  return candidates.length === 0
    ? { client_id: null, reason: "no_contacts" }
    : { client_id: lowestId(candidates), reason: "lowest_id" };
}

function lowestId(candidates: readonly Candidate[]): number {
  return candidates.reduce((lowest, { client_id }) => Math.min(lowest, client_id), Number.POSITIVE_INFINITY);
}
