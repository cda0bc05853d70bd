import { type MappingDocument, mappingDocument } from "../../../src/mapping/document/schema.ts";
import type { Dice } from "./dice.ts";
import { AREAS, FIELDS, STAGES, TITLES } from "./tiny-firm.ts";

const GUARDS = { lax: { max_share: 1, min_projects: 1000 }, strict: { max_share: 0.2, min_projects: 2 } };

/** A mapping of the tiny firm, with every feature sometimes used. */
export function drawMapping(dice: Dice, guard: keyof typeof GUARDS): MappingDocument {
  const areas = dice.shuffled(AREAS);
  const typeOf = (key: string, values: string[]) => ({
    key,
    name: key,
    values,
    phases: dice.chance(0.2)
      ? []
      : [
          { key: "first", name: "First", values: [dice.pick(STAGES.slice(0, 2))] },
          { key: "last", name: "Last", values: [dice.pick(STAGES.slice(2))] },
        ],
  });
  return mappingDocument.parse({
    fields: {
      project_type: { field: "practice_area" },
      phase: { field: "case_stage" },
      ...(dice.chance(0.3)
        ? {
            enabled: {
              custom_field_id: FIELDS.enabled,
              true_values: [true],
              when_blank: dice.pick(["enabled", "disabled"]),
            },
          }
        : {}),
      ...(dice.chance(0.4) ? { lead: { custom_field_id: FIELDS.kind, values: ["Lead"] } } : {}),
    },
    project_types: [typeOf("one", areas.slice(0, 1)), typeOf("two", areas.slice(1, dice.from(2, 3)))],
    contacts: {
      mode: dice.pick(["main", "by_group"]),
      roles: dice.chance(0.8) ? [{ key: "client", name: "Client", groups: ["Client"] }] : [],
      phone_order: dice.pick([
        ["cell", "work", "home"],
        ["work", "cell"],
      ]),
    },
    team_roles: [{ key: "lawyer", name: "Lawyer", titles: dice.shuffled(TITLES).slice(0, dice.from(0, 2)) }],
    blast_guard: GUARDS[guard],
  });
}
