import type { ProjectRow } from "../../domain/rows.ts";
import type { CaseRecord } from "../../mycase/wire/case.ts";
import { plainDate } from "../plain-date.ts";
import { presentText } from "../values.ts";
import type { MainContact } from "./choose-main-contact.ts";
import type { CustomFieldReadings } from "./read-field.ts";

/** What the gates found, as far as a project row shows it. */
export interface ProjectStatus {
  enabled: boolean;
  isLead: boolean;
  /** Null when the type value is unmapped: the row keeps its last type and phase (D8). */
  place: { project_type: string; phase: string | null } | null;
  main: MainContact;
}

/** The project row of a usable case, freshly derived; type and phase are remembered where D7 and D8 say so. */
export function deriveProject(
  caseId: number,
  record: CaseRecord,
  custom: CustomFieldReadings,
  state: ProjectStatus,
  previous: ProjectRow | null,
): ProjectRow {
  const { place, main } = state;
  return {
    case_id: caseId,
    name: presentText(record.name),
    case_number: presentText(record.case_number),
    status: presentText(record.status),
    project_type: place === null ? (previous?.project_type ?? null) : place.project_type,
    phase: place === null ? (previous?.phase ?? null) : place.phase,
    enabled: state.enabled,
    type_unmapped: place === null,
    is_lead: state.isLead,
    practice_area: presentText(record.practice_area),
    case_stage: presentText(record.case_stage),
    opened_date: plainDate(record.opened_date),
    closed_date: plainDate(record.closed_date),
    custom_fields: sortById(custom),
    main_contact_id: main.client_id,
    main_contact_reason: main.reason,
    pinned_contact_id: previous?.pinned_contact_id ?? null,
    deleted_at: null,
  };
}

function sortById({ values }: CustomFieldReadings): ProjectRow["custom_fields"] {
  return Object.fromEntries([...values].sort(([a], [b]) => a - b));
}
