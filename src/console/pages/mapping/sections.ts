import { peopleValues } from "../../../db/reads/people-values.ts";
import type { FieldReport } from "../../../mapping/document/describe-fields.ts";
import { findNearMiss, indexNearMisses } from "../../../mapping/document/near-miss.ts";
import type { FieldReference, MappedValue } from "../../../mapping/document/schema.ts";
import type { Services } from "../../../services.ts";
import { describeOrgFields } from "../../../sync/mapping/describe-org-fields.ts";
import { type Draft, type ListId, referenceText, targetsOf } from "./draft.ts";

/** What can be mapped: the fields with their values, people groups and titles, as seen in MyCase. */
export interface Seen {
  fields: FieldReport[];
  groups: SeenValue[];
  titles: SeenValue[];
}

export interface SeenValue {
  value: MappedValue;
  count: number;
}

export interface ValueRow extends SeenValue {
  /** Key of the target it is mapped to; empty for none. */
  to: string;
  /** One click to map it, and why that may be right; null without a guess. */
  proposal: { key: string; why: string } | null;
}

export async function loadSeen({ sync, db }: Services, org: string): Promise<Seen> {
  const [fields, people] = await Promise.all([describeOrgFields(sync, db, org), peopleValues(db, org)]);
  return { fields, ...people };
}

export function fieldOf(seen: Seen, reference: FieldReference | undefined): FieldReport | undefined {
  return seen.fields.find(({ field }) => referenceText(field as FieldReference) === referenceText(reference));
}

/** The values that a list of targets may take, the unmapped first, then the frequent ones; mapped ones that no case has stay. */
export function rowsOf(draft: Draft, list: ListId, seen: Seen): ValueRow[] {
  const targets = targetsOf(draft, list);
  const owners = new Map(targets.flatMap(({ key, values }) => values.map((value) => [String(value), key] as const)));
  const values = seenIn(draft, list, seen);
  const texts = new Set(values.map(({ value }) => String(value)));
  const unseen = targets.flatMap((target) => target.values).filter((value) => !texts.has(String(value)));
  const nearMisses = indexNearMisses(owners.keys());
  const renamed = renamesIn(draft, list, seen);
  const rows = [...values, ...unseen.map((value) => ({ value, count: 0 }))].map(({ value, count }) => {
    const to = owners.get(String(value)) ?? "";
    const previous = renamed.get(String(value));
    const near = to === "" ? findNearMiss(nearMisses, String(value))?.expected : undefined;
    const like = near ?? (to === "" ? previous : undefined);
    const key = like === undefined ? undefined : owners.get(like);
    const why = near === undefined ? `seems to be “${like}” under a new name` : `looks like “${like}”`;
    return { value, count, to, proposal: key === undefined ? null : { key, why } };
  });
  return rows.sort((a, b) => Number(a.to !== "") - Number(b.to !== "") || b.count - a.count);
}

function seenIn(draft: Draft, list: ListId, seen: Seen): SeenValue[] {
  if (list === "contacts") return seen.groups;
  if (list === "team") return seen.titles;
  return fieldOf(seen, list === "types" ? draft.fields.project_type : draft.fields.phase)?.values ?? [];
}

/** New names of mapped values that no case has any longer: new name to old. */
function renamesIn(draft: Draft, list: ListId, seen: Seen): Map<string, string> {
  if (list === "contacts" || list === "team") return new Map();
  const field = fieldOf(seen, list === "types" ? draft.fields.project_type : draft.fields.phase);
  return new Map(
    field?.vanished.flatMap(({ value, probable_rename: rename }) => (rename ? [[rename.to, value] as const] : [])),
  );
}

/** Values that cases have and nothing maps. */
export function unmappedIn(draft: Draft, list: ListId, seen: Seen): ValueRow[] {
  return rowsOf(draft, list, seen).filter(({ to, count }) => to === "" && count > 0);
}
