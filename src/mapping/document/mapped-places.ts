import type { FieldReference, MappingDocument } from "./schema.ts";

/** One value listed by a mapping for one field, and where. */
export interface MappedPlace {
  use: "project_type" | "phase" | "enabled" | "lead";
  /** The place in the document. */
  path: string;
  value: string;
}

/** Everything that a mapping lists for a field; a field may serve several uses. */
export function mappedPlaces(document: MappingDocument, field: FieldReference): MappedPlace[] {
  const { fields, project_types: types } = document;
  const places: MappedPlace[] = [];
  const add = (use: MappedPlace["use"], path: string, values: readonly (string | number | boolean)[]) => {
    for (const [index, value] of values.entries()) places.push({ use, path: `${path}.${index}`, value: String(value) });
  };
  for (const [at, type] of types.entries()) {
    if (isSame(fields.project_type, field)) add("project_type", `project_types.${at}.values`, type.values);
    if (!isSame(fields.phase, field)) continue;
    for (const [index, phase] of type.phases.entries())
      add("phase", `project_types.${at}.phases.${index}.values`, phase.values);
  }
  if (fields.enabled && isSame(fields.enabled, field))
    add("enabled", "fields.enabled.true_values", fields.enabled.true_values);
  if (fields.lead && isSame(fields.lead, field)) add("lead", "fields.lead.values", fields.lead.values);
  return places;
}

/** Every value that a mapping lists, of whatever field. */
export function mappedValues({ fields, project_types: types }: MappingDocument): string[] {
  const listed = [
    ...types.flatMap((type) => [...type.values, ...type.phases.flatMap((phase) => phase.values)]),
    ...(fields.enabled?.true_values ?? []),
    ...(fields.lead?.values ?? []),
  ];
  return [...new Set(listed.map(String))];
}

function isSame(a: FieldReference, b: FieldReference): boolean {
  if ("custom_field_id" in a) return "custom_field_id" in b && a.custom_field_id === b.custom_field_id;
  return "field" in b && a.field === b.field;
}
