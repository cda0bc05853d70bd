import { z } from "@hono/zod-openapi";
import type { FieldReference, MappedValue, MappingDocument } from "../../../mapping/document/schema.ts";

/** A mapping while it is edited: complete, but perhaps not valid yet. */
export type Draft = MappingDocument;

const shape = z.object({
  fields: z.object({ project_type: z.object({}), phase: z.object({}) }),
  project_types: z.array(z.object({ key: z.string(), values: z.array(z.unknown()), phases: z.array(z.object({})) })),
  contacts: z.object({ roles: z.array(z.object({ groups: z.array(z.unknown()) })), phone_order: z.array(z.string()) }),
  team_roles: z.array(z.object({ titles: z.array(z.unknown()) })),
  blast_guard: z.object({ max_share: z.number(), min_projects: z.number() }),
});

/** Whether a document has a draft's shape; that it means something is checked when it is previewed. */
export function isDraft(document: unknown): document is Draft {
  return shape.safeParse(document).success;
}

/** Something that values are mapped to: a project type, a phase, a role. */
export interface Target {
  key: string;
  name: string;
  values: MappedValue[];
  /** Of team roles: whether clients see their members. */
  visible?: boolean;
}

/** A list of targets in the draft; the phases of each project type are a list of their own. */
export type ListId = "types" | "contacts" | "team" | `phases.${string}`;

export const EMPTY_DRAFT: Draft = {
  fields: { project_type: { field: "practice_area" }, phase: { field: "case_stage" } },
  project_types: [],
  contacts: { mode: "main", roles: [], phone_order: ["cell", "work", "home"] },
  team_roles: [],
  blast_guard: { max_share: 0.2, min_projects: 20 },
};

export function targetsOf(draft: Draft, list: ListId): Target[] {
  switch (list) {
    case "types":
      return draft.project_types;
    case "contacts":
      return draft.contacts.roles.map(({ groups, ...role }) => ({ ...role, values: groups }));
    case "team":
      return draft.team_roles.map(({ titles, ...role }) => ({ ...role, values: titles }));
    default:
      return draft.project_types.find(({ key }) => list === `phases.${key}`)?.phases ?? [];
  }
}

export function withTargets(draft: Draft, list: ListId, targets: Target[]): Draft {
  const phasesOf = (key: string) => draft.project_types.find((type) => type.key === key)?.phases ?? [];
  switch (list) {
    case "types":
      return {
        ...draft,
        project_types: targets.map(({ key, name, values }) => ({ key, name, values, phases: phasesOf(key) })),
      };
    case "contacts": {
      const roles = targets.map(({ key, name, values }) => ({ key, name, groups: values.map(String) }));
      return { ...draft, contacts: { ...draft.contacts, roles } };
    }
    case "team":
      return {
        ...draft,
        team_roles: targets.map(({ key, name, values, visible = true }) => ({
          key,
          name,
          titles: values.map(String),
          visible,
        })),
      };
    default:
      return {
        ...draft,
        project_types: draft.project_types.map((type) =>
          list === `phases.${type.key}`
            ? { ...type, phases: targets.map(({ key, name, values }) => ({ key, name, values })) }
            : type,
        ),
      };
  }
}

/** A field reference as the text of a form: `practice_area`, `custom:41`, or empty. */
export function referenceText(reference: FieldReference | undefined): string {
  if (reference === undefined) return "";
  return reference.custom_field_id === undefined ? String(reference.field) : `custom:${reference.custom_field_id}`;
}

/** A key that no target has yet, made from a name. */
function newKey(name: string, targets: readonly Target[]): string {
  const slug = name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  const base = slug === "" ? "item" : slug;
  const taken = new Set(targets.map(({ key }) => key));
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(key)) return key;
  }
}

export function addTarget(draft: Draft, list: ListId, name: string): Draft {
  const targets = targetsOf(draft, list);
  if (name.trim() === "") return draft;
  return withTargets(draft, list, [...targets, { key: newKey(name, targets), name: name.trim(), values: [] }]);
}

export function removeTarget(draft: Draft, list: ListId, index: number): Draft {
  return withTargets(
    draft,
    list,
    targetsOf(draft, list).filter((_, at) => at !== index),
  );
}

export function moveTarget(draft: Draft, list: ListId, index: number, by: 1 | -1): Draft {
  const targets = [...targetsOf(draft, list)];
  const [moved] = targets.splice(index, 1);
  if (!moved) return draft;
  targets.splice(Math.max(0, index + by), 0, moved);
  return withTargets(draft, list, targets);
}

/** Maps a value to the target with this key, and to no other. */
export function mapValue(draft: Draft, list: ListId, value: MappedValue, key: string): Draft {
  const targets = targetsOf(draft, list).map((target) => {
    const values = target.values.filter((mapped) => mapped !== value);
    return { ...target, values: target.key === key ? [...values, value] : values };
  });
  return withTargets(draft, list, targets);
}
