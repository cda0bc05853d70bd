import type { CustomFieldRecord } from "../../mycase/wire/lists.ts";
import type { FieldReference, MappedValue, MappingDocument } from "./schema.ts";

/** A place of the mapping document, dotted, and what is wrong there. */
export interface DocumentProblem {
  path: string;
  message: string;
}

/**
 * What the schema cannot see: values, keys, groups and titles that mean two things, and custom fields that are not the
 * cases' (R21). Set `fieldsKnown` when the custom fields have been read from MyCase, even if the firm has none.
 */
export function checkDocument(
  document: MappingDocument,
  customFields: ReadonlyMap<number, CustomFieldRecord>,
  fieldsKnown: boolean = customFields.size > 0,
): DocumentProblem[] {
  const { fields, project_types: types, contacts, team_roles: teamRoles } = document;
  const phases = types.map((type, at) =>
    type.phases.map((phase, index) => ({ ...phase, path: `project_types.${at}.phases.${index}` })),
  );
  return [
    ...(fieldsKnown ? checkFields(fields, customFields) : []),
    ...checkKeys("project_types", types),
    ...checkValues(
      types.map((type, at) => ({ key: type.key, values: type.values, path: `project_types.${at}.values` })),
      "project type",
    ),
    ...types.flatMap((type, at) => checkKeys(`project_types.${at}.phases`, type.phases)),
    ...phases.flatMap((ofType) =>
      checkValues(
        ofType.map(({ key, values, path }) => ({ key, values, path: `${path}.values` })),
        "phase",
      ),
    ),
    ...checkRepeats(fields.enabled?.true_values ?? [], "fields.enabled.true_values"),
    ...checkRepeats(fields.lead?.values ?? [], "fields.lead.values"),
    ...checkKeys("contacts.roles", contacts.roles),
    ...checkValues(
      contacts.roles.map((role, at) => ({ key: role.key, values: role.groups, path: `contacts.roles.${at}.groups` })),
      "contact role",
    ),
    ...checkKeys("team_roles", teamRoles),
    ...checkValues(
      teamRoles.map((role, at) => ({ key: role.key, values: role.titles, path: `team_roles.${at}.titles` })),
      "team role",
    ),
  ];
}

interface Owner {
  key: string;
  values: readonly MappedValue[];
  path: string;
}

function checkValues(owners: readonly Owner[], kind: string): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const first = new Map<string, { owner: Owner; value: MappedValue }>();
  for (const owner of owners) {
    owner.values.forEach((value, at) => {
      const earlier = first.get(String(value));
      const path = `${owner.path}.${at}`;
      const quoted = JSON.stringify(value);
      if (earlier === undefined) first.set(String(value), { owner, value });
      else if (earlier.owner !== owner)
        problems.push({ path, message: `${quoted} is already listed by ${kind} "${earlier.owner.key}"` });
      else if (earlier.value === value) problems.push({ path, message: `${quoted} is listed twice` });
    });
  }
  return problems;
}

// true and "true" side by side are fine: which of them MyCase sends is not documented.
function checkRepeats(values: readonly MappedValue[], path: string): DocumentProblem[] {
  return checkValues([{ key: "", values, path }], "field");
}

function checkKeys(path: string, entries: readonly { key: string }[]): DocumentProblem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ key }, at) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path: `${path}.${at}.key`, message: `key "${key}" is used twice` }];
  });
}

function checkFields(
  fields: MappingDocument["fields"],
  customFields: ReadonlyMap<number, CustomFieldRecord>,
): DocumentProblem[] {
  const references: [string, FieldReference | undefined][] = [
    ["project_type", fields.project_type],
    ["phase", fields.phase],
    ["enabled", fields.enabled],
    ["lead", fields.lead],
  ];
  return references.flatMap(([name, reference]) => {
    const id = reference?.custom_field_id;
    if (id === undefined) return [];
    const path = `fields.${name}.custom_field_id`;
    const field = customFields.get(id);
    if (field === undefined) return [{ path, message: `MyCase has no custom field ${id}` }];
    if (field.parent_type === null || field.parent_type === "case") return [];
    return [{ path, message: `custom field ${id} is not a field of cases but of ${field.parent_type}` }];
  });
}
