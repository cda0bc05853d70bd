import type { CustomFieldRecord } from "../../mycase/wire/lists.ts";
import type { NearMiss } from "../outcome.ts";
import { type MappedPlace, mappedPlaces } from "./mapped-places.ts";
import { findNearMiss, indexNearMisses } from "./near-miss.ts";
import { type MappingDocument, standardFields } from "./schema.ts";

/** A value as counted on the firm's cases; `type` is JSON's. `field` is a standard field's name or a custom field's id. */
export interface CountedValue {
  field: string;
  value: string | number;
  type: string;
  count: number;
  sample_cases: number[];
}

/** That so many cases went from one value of a standard field to another. */
export interface CountedChange {
  field: string;
  old: unknown;
  new: unknown;
  count: number;
}

export interface FieldValueReport {
  value: string | number | boolean;
  count: number;
  sample_cases: number[];
  /** The places of the mapping that list it. */
  mapped: string[];
  /** The mapped value it nearly is. */
  near_miss: NearMiss | null;
}

export interface VanishedValue {
  value: string;
  mapped: string[];
  /** What the cases that had it have now, when that is one unmapped value: probably the same under a new name. */
  probable_rename: { to: string; cases: number; fix: string } | null;
}

export interface FieldReport {
  field: { field: string } | { custom_field_id: number };
  name: string;
  type: string;
  /** What the mapping uses it for. */
  used_for: string[];
  /** The most frequent, and those that the mapping lists. */
  values: FieldValueReport[];
  /** How many more values there are; null where they are not counted: every case has a name and a number of its own. */
  further_values: number | null;
  /** Mapped values that no case has now. */
  vanished: VanishedValue[];
}

export interface FieldFacts {
  document: MappingDocument | null;
  customFields: ReadonlyMap<number, CustomFieldRecord>;
  values: CountedValue[];
  /** How many values each field has that is counted. */
  distinct: ReadonlyMap<string, number>;
  changes: CountedChange[];
  /** Options of custom list fields that now have another text. */
  renames: { field: string; old: string; new: string }[];
}

const UNCOUNTED: ReadonlySet<string> = new Set(["case_number", "name"]);

/** Every mappable field with the values seen, where each is mapped, and what is nearly so (R21). */
export function describeFields(facts: FieldFacts): FieldReport[] {
  const byField = Map.groupBy(facts.values, (counted) => counted.field);
  const standard = standardFields.map((field) => ({
    field: { field },
    key: field as string,
    name: field.replaceAll("_", " "),
    type: "text",
    definition: null,
  }));
  const custom = [...facts.customFields.values()]
    .filter((definition) => definition.parent_type === "case")
    .sort((a, b) => a.id - b.id)
    .map((definition) => ({
      field: { custom_field_id: definition.id },
      key: String(definition.id),
      name: definition.name ?? `custom field ${definition.id}`,
      type: definition.field_type ?? "unknown",
      definition,
    }));
  return [...standard, ...custom].map(({ field, key, name, type, definition }) => {
    const places = facts.document === null ? [] : mappedPlaces(facts.document, field);
    const counted = byField.get(key) ?? [];
    const values = merged(counted.map((row) => ({ ...row, value: readable(row, definition) })));
    const isCounted = !UNCOUNTED.has(key);
    return {
      field,
      name,
      type,
      used_for: [...new Set(places.map((place) => place.use))],
      values: values.map((value) => reportValue(value, places)),
      further_values: isCounted ? Math.max(0, (facts.distinct.get(key) ?? 0) - counted.length) : null,
      vanished: isCounted
        ? vanished(values, places, {
            changes: facts.changes.filter((change) => change.field === key),
            renames: facts.renames.filter((rename) => rename.field === key),
          })
        : [],
    };
  });
}

/** SQLite counts `true` as 1, and a list value may have come as its option's key. */
function readable({ value, type }: CountedValue, definition: CustomFieldRecord | null): string | number | boolean {
  if (type === "true" || type === "false") return type === "true";
  return definition?.list_options.find((option) => option.key === value)?.option ?? value;
}

type Counted = Omit<CountedValue, "value" | "type" | "field"> & { value: string | number | boolean };

/** A list value may have been delivered in two ways; it is one value. */
function merged(values: Counted[]): Counted[] {
  const byValue = new Map<string, Counted>();
  for (const { value, count, sample_cases } of values) {
    const key = `${typeof value} ${value}`;
    const same = byValue.get(key);
    if (same) same.count += count;
    else byValue.set(key, { value, count, sample_cases });
  }
  return [...byValue.values()];
}

function reportValue({ value, count, sample_cases }: Counted, places: MappedPlace[]): FieldValueReport {
  const mapped = places.filter((place) => place.value === String(value)).map((place) => place.path);
  const index = indexNearMisses(places.map((place) => place.value));
  return {
    value,
    count,
    sample_cases,
    mapped,
    near_miss: mapped.length > 0 ? null : findNearMiss(index, String(value)),
  };
}

type History = Pick<FieldFacts, "changes" | "renames">;

function vanished(values: Counted[], places: MappedPlace[], history: History): VanishedValue[] {
  const present = new Set(values.map(({ value }) => String(value)));
  const mappedValues = new Set(places.map((place) => place.value));
  const renames = history.renames.filter((rename) => !mappedValues.has(rename.new));
  const changes = history.changes.filter(
    (change) => !mappedValues.has(String(change.new)) && present.has(String(change.new)),
  );
  const gone = [...mappedValues].filter((value) => !present.has(value));
  return gone.map((value) => {
    const successor = renamedTo(value, values, renames) ?? changedTo(value, changes);
    const mapped = places.filter((place) => place.value === value).map((place) => place.path);
    const fix = `Add "${successor?.to}" where "${value}" stands: ${mapped.join(", ")}.`;
    return { value, mapped, probable_rename: successor && { ...successor, fix } };
  });
}

interface Successor {
  to: string;
  cases: number;
}

/** The present text of a list option, by its unchanged key: certain, whatever the cases show. */
function renamedTo(value: string, values: Counted[], renames: FieldFacts["renames"]): Successor | null {
  const renamed = renames.find((rename) => rename.old === value);
  if (!renamed) return null;
  return { to: renamed.new, cases: values.find((counted) => String(counted.value) === renamed.new)?.count ?? 0 };
}

/** What most of the cases that had the value have now. */
function changedTo(value: string, changes: CountedChange[]): Successor | null {
  const likeliest = changes
    .filter((change) => String(change.old) === value)
    .sort((left, right) => right.count - left.count)[0];
  return likeliest ? { to: String(likeliest.new), cases: likeliest.count } : null;
}
