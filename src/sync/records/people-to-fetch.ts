import type { LoadedFacts } from "../../db/facts/typed-facts.ts";
import type { CaseFacts } from "../../mapping/facts.ts";
import type { CaseRecord, NestedClient } from "../../mycase/wire/case.ts";
import type { RecordRef } from "./record-ref.ts";

/** What a case may show of its clients; where the mirror differs, the client is worth a read. */
const NESTED_CLIENT_FIELDS = [
  "first_name",
  "last_name",
  "email",
  "cell_phone_number",
  "work_phone_number",
  "home_phone_number",
  "birthdate",
] as const;

/**
 * The people on the loaded cases that have to be read: those the mirror has never seen, and those of whom a case in
 * `fetchedCases` shows something else than the mirror. With `refreshAll`, everybody on the fetched cases.
 */
export function findPeopleToFetch(
  { facts, clientsAsSent }: LoadedFacts,
  fetchedCases: ReadonlyMap<number, CaseRecord>,
  refreshAll: boolean,
): RecordRef[] {
  const refs = new Map<string, RecordRef>();
  const add = (ref: RecordRef) => refs.set(`${ref.model}:${ref.id}`, ref);
  for (const record of presentCases(facts.cases)) {
    const fetched = fetchedCases.get(record.id);
    const everybody = fetched !== undefined && refreshAll;
    for (const nested of fetched?.clients ?? record.clients) {
      const stored = clientsAsSent.get(nested.id);
      const isSetAside = facts.clients.get(nested.id)?.mirror?.state === "unreadable";
      if (everybody || stored === undefined || (fetched && !isSetAside && differs(nested, stored)))
        add({ model: "client", id: nested.id });
    }
    for (const { id } of record.staff) if (everybody || !facts.staff.get(id)?.mirror) add({ model: "staff", id });
  }
  return [...refs.values()];
}

function presentCases(cases: CaseFacts[]): CaseRecord[] {
  return cases.flatMap(({ mirror }) => (mirror?.state === "present" && mirror.record ? [mirror.record] : []));
}

/** A record that was never usable, or is set aside, is not read again for every event of its case. */
function differs(nested: NestedClient, record: string | null): boolean {
  if (record === null) return false;
  const stored = JSON.parse(record) as Record<string, unknown>;
  return (
    NESTED_CLIENT_FIELDS.some((name) => name in nested && blankAsNull(nested[name]) !== blankAsNull(stored[name])) ||
    groupDiffers(nested, stored) ||
    (typeof nested.updated_at === "string" && isLater(nested.updated_at, stored.updated_at))
  );
}

/** The group's name is deprecated on the full record, and may be missing there. */
function groupDiffers(nested: NestedClient, stored: Record<string, unknown>): boolean {
  return (
    "contact_group" in nested &&
    "contact_group" in stored &&
    blankAsNull(nested.contact_group) !== blankAsNull(stored.contact_group)
  );
}

function isLater(date: string, stored: unknown): boolean {
  return typeof stored !== "string" || Date.parse(date) > Date.parse(stored);
}

function blankAsNull(value: unknown): unknown {
  return value === undefined || value === "" ? null : value;
}
