import type { ClientRecord } from "../../mycase/wire/client.ts";
import type { CompiledMapping } from "../document/compile.ts";
import { matchValue } from "../document/match-value.ts";
import type { ClientFacts, OrgConfig } from "../facts.ts";

/** A client of a case as the contact rules see them. The group is the person's, so it is seen once for all cases (R42). */
export interface Person {
  client_id: number;
  /** The record to go by; null unless `state` is usable. */
  record: ClientRecord | null;
  state: "usable" | "deleted" | "unavailable";
  group: string | null;
  /** A group id that the firm's list of groups does not have. */
  unknownGroupId: number | null;
  /** The contact role that the group maps to. */
  role: string | null;
  /** In a mapped group, or in group "Client" when the mapping has no contact roles (D1). */
  inMappedGroup: boolean;
}

/** Views a client; their last usable record counts until MyCase says they are gone (R65). */
export function viewPerson(
  clientId: number,
  facts: ClientFacts | undefined,
  config: OrgConfig,
  mapping: CompiledMapping,
): Person {
  const record = facts?.mirror?.record ?? null;
  const deleted = facts?.mirror?.state === "deleted";
  if (record === null || deleted) {
    const state = deleted ? "deleted" : "unavailable";
    return {
      client_id: clientId,
      record: null,
      state,
      group: null,
      unknownGroupId: null,
      role: null,
      inMappedGroup: false,
    };
  }
  const groupId = record.people_group;
  const group = groupId === null ? null : (config.groups.get(groupId) ?? null);
  const role = matchValue(mapping.contactRoles, group);
  return {
    client_id: clientId,
    record,
    state: "usable",
    group,
    unknownGroupId: group === null ? groupId : null,
    role,
    inMappedGroup: mapping.hasContactRoles ? role !== null : group === "Client",
  };
}
