import type { CaseRecord } from "../../mycase/wire/case.ts";
import type { CaseOutcome, Gate } from "../outcome.ts";
import { readPlainDate } from "../plain-date.ts";
import { quoteValue } from "./gates/quote-value.ts";
import type { CustomFieldReadings } from "./read-field.ts";
import type { Person } from "./view-person.ts";

type Warning = CaseOutcome["warnings"][number];

interface Evidence {
  record: CaseRecord;
  custom: CustomFieldReadings;
  phaseGate: Gate | null;
  pinned: number | null;
  people: readonly Person[];
}

/** Problems of a case that do not stop it (D7, R30, R65). */
export function warnAboutCase({ record, custom, phaseGate, pinned, people }: Evidence): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: string, detail: string) => warnings.push({ code, detail });
  if (phaseGate !== null && phaseGate.code !== "ok") {
    const kept = phaseGate.code === "phase_kept" ? "it stays in its last phase" : "it has no phase";
    warn("phase_unmapped", `${quoteValue(phaseGate.value)} is mapped to no phase of its project type; ${kept}`);
  }
  for (const field of ["opened_date", "closed_date"] as const)
    if (readPlainDate(record[field]) === "invalid")
      warn(`${field}_invalid`, `${quoteValue(record[field])} is not a date`);
  for (const id of custom.repeated)
    warn("custom_field_repeated", `custom field ${id} has several values; the first in text order was taken`);
  if (pinned !== null) warnAboutPin(people, pinned, warn);
  for (const person of people) warnAboutPerson(person, warn);
  return warnings;
}

type Warn = (code: string, detail: string) => void;

function warnAboutPin(people: readonly Person[], pinned: number, warn: Warn): void {
  const person = people.find((candidate) => candidate.client_id === pinned);
  if (person === undefined) warn("pinned_not_on_case", `pinned contact ${pinned} is not a client of the case`);
  else if (person.state !== "usable") warn("pinned_not_usable", `pinned contact ${pinned} is ${person.state}`);
}

function warnAboutPerson({ client_id, record, unknownGroupId }: Person, warn: Warn): void {
  if (record === null) return;
  if (unknownGroupId !== null)
    warn("group_unknown", `contact ${client_id} is in group ${unknownGroupId}, which the firm's groups do not have`);
  if (readPlainDate(record.birthdate) === "invalid")
    warn(
      "birthdate_invalid",
      `contact ${client_id} has birthdate ${quoteValue(record.birthdate)}, which is not a date`,
    );
}
