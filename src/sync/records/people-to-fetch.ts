import type { LoadedRows } from "../../db/facts/load.ts";
import { type CaseRecord, caseWire, type NestedClient } from "../../mycase/wire/case.ts";
import type { RecordRef } from "./record-ref.ts";
import { recorded } from "./recorded.ts";

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
  rows: LoadedRows,
  fetchedCases: ReadonlyMap<number, CaseRecord>,
  refreshAll: boolean,
): RecordRef[] {
  const clients = new Map(rows.clients.map((row) => [Number(row.id), row]));
  const staff = new Set(rows.staff.map((row) => Number(row.id)));
  const refs = new Map<string, RecordRef>();
  const add = (ref: RecordRef) => refs.set(`${ref.model}:${ref.id}`, ref);
  for (const record of presentCases(rows)) {
    const fetched = fetchedCases.get(record.id);
    const everybody = fetched !== undefined && refreshAll;
    for (const nested of fetched?.clients ?? record.clients) {
      const stored = clients.get(nested.id);
      if (everybody || stored === undefined || (fetched && differs(nested, stored)))
        add({ model: "client", id: nested.id });
    }
    for (const { id } of record.staff) if (everybody || !staff.has(id)) add({ model: "staff", id });
  }
  return [...refs.values()];
}

function presentCases(rows: LoadedRows): CaseRecord[] {
  return rows.cases.filter((row) => row.state === "present").flatMap((row) => recorded(caseWire, row) ?? []);
}

/** A record that was never usable, or is set aside, is not read again for every event of its case. */
function differs(nested: NestedClient, { record, state }: Record<string, unknown>): boolean {
  if (typeof record !== "string" || state === "unreadable") return false;
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
