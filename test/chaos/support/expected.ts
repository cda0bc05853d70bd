import { present } from "../../../simulator/api/present.ts";
import type { CollectionName } from "../../../simulator/records.ts";
import { derive } from "../../../src/mapping/derive/derive.ts";
import { mappingDocument } from "../../../src/mapping/document/schema.ts";
import type { Facts, Mirrored, OrgConfig } from "../../../src/mapping/facts.ts";
import type { Outcome } from "../../../src/mapping/outcome.ts";
import type { CustomFieldRecord, NamedRecord } from "../../../src/mycase/wire/lists.ts";
import { clock } from "../../support/virtual-time.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import { KINDS, type Kind } from "./record-now.ts";
import type { MirrorRow, Stored } from "./stored.ts";

const AS_READ_BY_ID = { client: ["id"], customField: ["id", "field_type"] };

/** What the firm's records become in an org that has never seen them before. */
export function derivedAfresh(world: ChaosWorld, stored: Stored): Outcome {
  return derive(factsOf(world, stored, false));
}

/** The truth of MyCase beside the rows that there are: deriving it again must change nothing. */
export function factsNow(world: ChaosWorld, stored: Stored): Facts {
  return factsOf(world, stored, true);
}

function factsOf(world: ChaosWorld, { tables, mirror, org, mapping }: Stored, remembering: boolean): Facts {
  const before = remembering ? tables : null;
  const previous = (rows: MirrorRow[]) => (remembering ? rows : []);
  const elsewhere = { on_live_project: false, on_lead: false, on_other_project: false };
  const cases = records(world, "case", previous(mirror.case));
  const clients = records(world, "client", previous(mirror.client));
  const staff = records(world, "staff", previous(mirror.staff));
  const leads = records(world, "lead", previous(mirror.lead));
  return {
    now: new Date(clock.now).toISOString(),
    config: configOf(world, org, mapping),
    cases: [...cases].map(([case_id, record]) => ({
      case_id,
      mirror: record as Facts["cases"][number]["mirror"],
      previous: {
        project: before?.projects.find((row) => row.case_id === case_id) ?? null,
        contacts: (before?.project_contacts ?? []).filter((row) => row.case_id === case_id).map(withoutCase),
        team: (before?.project_team_members ?? []).filter((row) => row.case_id === case_id).map(withoutCase),
        lead: before?.leads.find((row) => row.source === "case" && row.source_id === case_id) ?? null,
      },
    })),
    clients: new Map(
      [...clients].map(([client_id, record]) => [
        client_id,
        {
          client_id,
          mirror: record as never,
          previous: before?.contacts.find((row) => row.client_id === client_id) ?? null,
          linksOutsideScope: elsewhere,
        },
      ]),
    ),
    staff: new Map(
      [...staff].map(([staff_id, record]) => [
        staff_id,
        {
          staff_id,
          mirror: record as never,
          previous: before?.team_members.find((row) => row.staff_id === staff_id) ?? null,
        },
      ]),
    ),
    leads: [...leads].map(([lead_id, record]) => ({
      lead_id,
      mirror: record as never,
      previous: before?.leads.find((row) => row.source === "lead" && row.source_id === lead_id) ?? null,
    })),
  };
}

/** The firm's records as MyCase sends them, and what it no longer has as a tombstone of what was last seen. */
function records(world: ChaosWorld, kind: Kind, previous: MirrorRow[]): Map<number, Mirrored<unknown>> {
  const { collection, wire } = KINDS[kind];
  const all = new Map<number, Mirrored<unknown>>();
  for (const { id, record, deleted_at } of previous) {
    all.set(id, { record: record && wire.parse(JSON.parse(record)), state: "deleted", deleted_at });
  }
  for (const record of world.simulator.firm[collection].values()) {
    const sent = present(world.simulator.core, collection, record, AS_READ_BY_ID);
    all.set(record.id, { record: wire.parse(sent), state: "present", deleted_at: null });
  }
  return all;
}

function configOf(world: ChaosWorld, org: Stored["org"], mapping: Stored["mapping"]): OrgConfig {
  const list = <T>(name: CollectionName) => [...world.simulator.firm[name].values()] as unknown as T[];
  const fields = list<unknown>("custom_fields").map(
    (field) => KINDS.custom_field.wire.parse(field) as CustomFieldRecord,
  );
  return {
    mapping: mapping && { version: mapping.version, document: mappingDocument.parse(JSON.parse(mapping.document)) },
    country: String(org.default_country),
    pullLeadObjects: org.pull_lead_objects === 1,
    groups: new Map(list<NamedRecord>("people_groups").map((group) => [group.id, group.name ?? ""])),
    customFields: new Map(fields.map((field) => [field.id, field])),
  };
}

function withoutCase<T>({ case_id: _, ...link }: T & { case_id: number }): T {
  return link as T;
}
