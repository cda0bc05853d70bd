import type { z } from "zod";
import { type MappingDocument, mappingDocument } from "../../../src/mapping/document/schema.ts";

type Input = z.input<typeof mappingDocument>;

/** A small firm's mapping: two types by practice area, phases by stage. */
export function mapping(overrides: Omit<Partial<Input>, "fields"> & { fields?: Partial<Input["fields"]> } = {}) {
  const { fields, ...rest } = overrides;
  return mappingDocument.parse({
    fields: { project_type: { field: "practice_area" }, phase: { field: "case_stage" }, ...fields },
    project_types: [
      {
        key: "injury",
        name: "Personal Injury",
        values: ["Personal Injury", "Auto Accident"],
        phases: [
          { key: "intake", name: "Getting started", values: ["Intake", "New"] },
          { key: "trial", name: "At court", values: ["Trial"] },
        ],
      },
      {
        key: "family",
        name: "Family",
        values: ["Family Law"],
        phases: [{ key: "intake", name: "Getting started", values: ["Intake"] }],
      },
    ],
    contacts: { roles: [{ key: "client", name: "Client", groups: ["Client"] }] },
    team_roles: [
      { key: "attorney", name: "Your attorney", titles: ["Attorney", "Partner"] },
      { key: "back-office", name: "Back office", titles: ["Clerk"], visible: false },
    ],
    ...rest,
  }) satisfies MappingDocument;
}

/** The enabled field of most tests: custom field 41. */
export const enabledBy41 = { custom_field_id: 41, true_values: [true, "Yes"] };

/** The lead rule of most tests: custom field 42. */
export const leadBy42 = { custom_field_id: 42, values: ["Lead"] };
