import { z } from "@hono/zod-openapi";
import type { BodyData } from "hono/utils/body";
import { type FieldReference, type MappedValue, standardFields } from "../../../mapping/document/schema.ts";
import {
  addTarget,
  type Draft,
  EMPTY_DRAFT,
  type ListId,
  mapValue,
  moveTarget,
  removeTarget,
  type Target,
  withTargets,
} from "./draft.ts";

export type Form = BodyData<{ all: true }>;

const valueText = z.union([z.string(), z.number(), z.boolean()]);
const standardField = z.enum(standardFields);
const phoneKind = z.enum(["cell", "work", "home"]);

export function textOf(form: Form, name: string): string {
  const value = form[name];
  const last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "string" ? last : "";
}

function parseValue(text: string): MappedValue | null {
  try {
    return valueText.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null; // nothing that the page sends
    throw error;
  }
}

function parseValues(form: Form, name: string): MappedValue[] {
  const sent = form[name];
  const texts = Array.isArray(sent) ? sent : [sent];
  return texts.flatMap((text) => (typeof text === "string" ? (parseValue(text) ?? []) : []));
}

function referenceOf(text: string): FieldReference | undefined {
  if (text.startsWith("custom:")) return { custom_field_id: Number(text.slice("custom:".length)) };
  const field = standardField.safeParse(text);
  return field.success ? { field: field.data } : undefined;
}

/** The fields of the first step; values chosen for a field stay while the field stays. */
export function readFields(form: Form, draft: Draft): Draft {
  const enabled = referenceOf(textOf(form, "field.enabled"));
  const lead = referenceOf(textOf(form, "field.lead"));
  return {
    ...draft,
    fields: {
      project_type: referenceOf(textOf(form, "field.project_type")) ?? draft.fields.project_type,
      phase: referenceOf(textOf(form, "field.phase")) ?? draft.fields.phase,
      ...(enabled && {
        enabled: {
          ...enabled,
          true_values: parseValues(form, "enabled.value"),
          when_blank: textOf(form, "enabled.when_blank") === "enabled" ? ("enabled" as const) : ("disabled" as const),
        },
      }),
      ...(lead && { lead: { ...lead, values: parseValues(form, "lead.value") } }),
    },
  };
}

/** How many numbered fields of this name the form has. */
function countOf(form: Form, name: (index: number) => string): number {
  let count = 0;
  while (form[name(count)] !== undefined) count++;
  return count;
}

function readTargets(form: Form, list: ListId): Target[] {
  const values = Array.from({ length: countOf(form, (at) => `${list}.value.${at}`) }, (_, at) => ({
    value: parseValue(textOf(form, `${list}.value.${at}`)),
    to: textOf(form, `${list}.to.${at}`),
  }));
  return Array.from({ length: countOf(form, (at) => `${list}.key.${at}`) }, (_, at) => {
    const key = textOf(form, `${list}.key.${at}`);
    return {
      key,
      name: textOf(form, `${list}.name.${at}`),
      values: values.flatMap(({ value, to }) => (to === key && value !== null ? [value] : [])),
      visible: form[`${list}.visible.${at}`] !== undefined,
    };
  });
}

/** The whole draft as the second step's form holds it. */
export function readDraft(form: Form): Draft {
  const order = [1, 2, 3].map((place) => phoneKind.safeParse(textOf(form, `phone.${place}`)).data);
  const base: Draft = {
    ...readFields(form, EMPTY_DRAFT),
    contacts: {
      mode: textOf(form, "contacts.mode") === "by_group" ? "by_group" : "main",
      roles: [],
      phone_order: [...new Set(order)].filter((kind) => kind !== undefined),
    },
    blast_guard: {
      max_share: Number(textOf(form, "guard.max_percent")) / 100,
      min_projects: Number(textOf(form, "guard.min_projects")),
    },
  };
  const withTypes = withTargets(base, "types", readTargets(form, "types"));
  const lists: ListId[] = [...withTypes.project_types.map(({ key }) => `phases.${key}` as const), "contacts", "team"];
  return lists.reduce((draft, list) => withTargets(draft, list, readTargets(form, list)), withTypes);
}

/** Does what the pressed button says: `add|types`, `up|types|2`, `down|...`, `remove|...`, `map|types|4|injury`. */
export function pressed(form: Form, draft: Draft): Draft {
  const [action, name = "", index = "", key = ""] = textOf(form, "action").split("|");
  const list = name as ListId;
  switch (action) {
    case "add":
      return addTarget(draft, list, textOf(form, `${list}.new`));
    case "up":
      return moveTarget(draft, list, Number(index), -1);
    case "down":
      return moveTarget(draft, list, Number(index), 1);
    case "remove":
      return removeTarget(draft, list, Number(index));
    case "map": {
      const value = parseValue(textOf(form, `${list}.value.${index}`));
      return value === null ? draft : mapValue(draft, list, value, key);
    }
    default:
      return draft;
  }
}
