import type { LoadedRows } from "../../db/facts/load.ts";
import { type CaseRecord, caseWire, type NestedClient } from "../../mycase/wire/case.ts";
import type { RecordRef } from "./fetch-records.ts";
import { recorded } from "./recorded.ts";

/** What a case may tell of its clients in passing; a difference to the mirror means that the client is worth a read. */
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
 * The people on the loaded cases that have to be read: those the mirror has never seen, and those of whom a case that
 * was read just now (`told`) says something else than the mirror. Everybody on those on request.
 */
export function findPeopleToFetch(
  rows: LoadedRows,
  told: ReadonlyMap<number, CaseRecord>,
  thorough: boolean,
): RecordRef[] {
  const clients = new Map(rows.clients.map((row) => [Number(row.id), row.record]));
  const staff = new Set(rows.staff.map((row) => Number(row.id)));
  const wants = new Map<string, RecordRef>();
  const want = (one: RecordRef) => wants.set(`${one.model}:${one.id}`, one);
  for (const record of presentCases(rows)) {
    const fresh = told.get(record.id);
    const everybody = fresh !== undefined && thorough;
    for (const nested of fresh?.clients ?? record.clients) {
      const stored = clients.get(nested.id);
      if (everybody || stored === undefined || (fresh && differs(nested, stored)))
        want({ model: "client", id: nested.id });
    }
    for (const { id } of record.staff) if (everybody || !staff.has(id)) want({ model: "staff", id });
  }
  return [...wants.values()];
}

function presentCases(rows: LoadedRows): CaseRecord[] {
  return rows.cases.filter((row) => row.state === "present").flatMap((row) => recorded(caseWire, row) ?? []);
}

/** A record that was never usable is not read again for every event of its case. */
function differs(nested: NestedClient, stored: unknown): boolean {
  if (typeof stored !== "string") return false;
  const known = JSON.parse(stored) as Record<string, unknown>;
  return (
    NESTED_CLIENT_FIELDS.some((name) => name in nested && blankless(nested[name]) !== blankless(known[name])) ||
    groupDiffers(nested, known) ||
    (typeof nested.updated_at === "string" && later(nested.updated_at, known.updated_at))
  );
}

/** The group's name is deprecated on the full record, and may be missing there. */
function groupDiffers(nested: NestedClient, known: Record<string, unknown>): boolean {
  return (
    "contact_group" in nested &&
    "contact_group" in known &&
    blankless(nested.contact_group) !== blankless(known.contact_group)
  );
}

function later(told: string, known: unknown): boolean {
  return typeof known !== "string" || Date.parse(told) > Date.parse(known);
}

function blankless(value: unknown): unknown {
  return value === undefined || value === "" ? null : value;
}
