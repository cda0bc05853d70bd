import type { ContactLink, ContactRow, LeadRow, ProjectRow, TeamLink, TeamMemberRow } from "../domain/rows.ts";
import type { CaseRecord } from "../mycase/wire/case.ts";
import type { ClientRecord } from "../mycase/wire/client.ts";
import type { LeadRecord } from "../mycase/wire/lead.ts";
import type { CustomFieldRecord } from "../mycase/wire/lists.ts";
import type { StaffRecord } from "../mycase/wire/staff.ts";
import type { MappingDocument } from "./document/schema.ts";

/** Everything a derivation may look at. It sees nothing else: no clock, no database, no MyCase. */
export interface Facts {
  /** ISO 8601 UTC; stamps `unlinked_at` and the end of a lead row, decides nothing. */
  now: string;
  config: OrgConfig;
  /** The cases to derive; every client and staff member they name, or are linked to now, is in the maps below. */
  cases: CaseFacts[];
  clients: Map<number, ClientFacts>;
  staff: Map<number, StaffFacts>;
  /** The lead objects to derive. */
  leads: LeadFacts[];
}

/** What the firm decided, and its own lists. */
export interface OrgConfig {
  /** Null before the first mapping: nothing is derived then. */
  mapping: { version: number; document: MappingDocument } | null;
  /** ISO 3166 alpha-2, the country of phone numbers without a country code. */
  country: string;
  pullLeadObjects: boolean;
  /** People groups by id. */
  groups: ReadonlyMap<number, string>;
  customFields: ReadonlyMap<number, CustomFieldRecord>;
}

/** A record of the mirror: as last read, and whether MyCase still returns it. */
export interface Mirrored<T> {
  /** Null when MyCase never returned a usable one. */
  record: T | null;
  state: "present" | "deleted" | "not_visible" | "malformed" | "unreadable";
  /** When the 404 was seen; only with state `deleted`. */
  deleted_at: string | null;
}

export interface CaseFacts {
  case_id: number;
  /** Null: never read. */
  mirror: Mirrored<CaseRecord> | null;
  previous: {
    project: ProjectRow | null;
    contacts: ContactLink[];
    team: TeamLink[];
    /** The lead row with source `case`. */
    lead: LeadRow | null;
  };
}

export interface ClientFacts {
  client_id: number;
  mirror: Mirrored<ClientRecord> | null;
  previous: ContactRow | null;
  /** Links from cases that are not in `Facts.cases`. */
  linksOutsideScope: { on_live_project: boolean; on_lead: boolean; on_other_project: boolean };
}

export interface StaffFacts {
  staff_id: number;
  mirror: Mirrored<StaffRecord> | null;
  previous: TeamMemberRow | null;
}

export interface LeadFacts {
  lead_id: number;
  mirror: Mirrored<LeadRecord> | null;
  previous: LeadRow | null;
}
