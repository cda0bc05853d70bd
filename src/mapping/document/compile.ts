import type { PhoneSource } from "../../domain/rows.ts";
import { buildValueIndex, type ValueIndex } from "./match-value.ts";
import type { FieldReference, MappingDocument } from "./schema.ts";

export interface CompiledType {
  key: string;
  phases: ValueIndex<string>;
  phaseKeys: ReadonlySet<string>;
}

interface CompiledTeamRole {
  key: string;
  visible: boolean;
}

/** A mapping document with every question it is asked answered by one look-up. */
export interface CompiledMapping {
  projectType: { reference: FieldReference; types: ValueIndex<CompiledType> };
  phase: { reference: FieldReference };
  enabled: { reference: FieldReference; whenBlank: "enabled" | "disabled"; values: ValueIndex<true> } | null;
  lead: { reference: FieldReference; values: ValueIndex<true> } | null;
  contactMode: "main" | "by_group";
  /** Group name to contact role key. */
  contactRoles: ValueIndex<string>;
  hasContactRoles: boolean;
  phoneOrder: readonly PhoneSource[];
  /** Staff title to team role. */
  teamRoles: ValueIndex<CompiledTeamRole>;
}

const compiled = new WeakMap<MappingDocument, CompiledMapping>();

/** Compiles a document once; the same object is never compiled twice. A document is not changed after it was made. */
export function compile(document: MappingDocument): CompiledMapping {
  const cached = compiled.get(document);
  if (cached !== undefined) return cached;
  const made = compileAnew(document);
  compiled.set(document, made);
  return made;
}

function compileAnew({ fields, project_types, contacts, team_roles }: MappingDocument): CompiledMapping {
  const { enabled, lead } = fields;
  return {
    projectType: {
      reference: fields.project_type,
      types: buildValueIndex(project_types.map((type) => [compileType(type), type.values])),
    },
    phase: { reference: fields.phase },
    enabled:
      enabled === undefined
        ? null
        : { reference: enabled, whenBlank: enabled.when_blank, values: buildValueIndex([[true, enabled.true_values]]) },
    lead: lead === undefined ? null : { reference: lead, values: buildValueIndex([[true, lead.values]]) },
    contactMode: contacts.mode,
    contactRoles: buildValueIndex(contacts.roles.map((role) => [role.key, role.groups])),
    hasContactRoles: contacts.roles.length > 0,
    phoneOrder: contacts.phone_order,
    teamRoles: buildValueIndex(team_roles.map((role) => [{ key: role.key, visible: role.visible }, role.titles])),
  };
}

function compileType(type: MappingDocument["project_types"][number]): CompiledType {
  return {
    key: type.key,
    phases: buildValueIndex(type.phases.map((phase) => [phase.key, phase.values])),
    phaseKeys: new Set(type.phases.map((phase) => phase.key)),
  };
}
