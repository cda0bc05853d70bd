import type { Mirrored } from "../../../src/mapping/facts.ts";
import type { CaseRecord } from "../../../src/mycase/wire/case.ts";
import type { ClientRecord } from "../../../src/mycase/wire/client.ts";
import type { LeadRecord } from "../../../src/mycase/wire/lead.ts";
import type { CustomFieldRecord } from "../../../src/mycase/wire/lists.ts";
import type { StaffRecord } from "../../../src/mycase/wire/staff.ts";

export function caseRecord(id: number, overrides: Partial<CaseRecord> = {}): CaseRecord {
  return {
    id,
    name: `Case ${id}`,
    case_number: `N-${id}`,
    opened_date: "2026-01-02",
    closed_date: null,
    practice_area: "Personal Injury",
    case_stage: "Intake",
    status: "open",
    billing_type: "hourly",
    billing_contact: null,
    clients: [],
    companies: [],
    staff: [],
    custom_field_values: [],
    office: null,
    updated_at: "2026-01-02T03:04:05Z",
    ...overrides,
  };
}

export function clientRecord(id: number, overrides: Partial<ClientRecord> = {}): ClientRecord {
  return {
    id,
    first_name: `First${id}`,
    last_name: `Last${id}`,
    email: `client${id}@example.com`,
    cell_phone_number: null,
    work_phone_number: null,
    home_phone_number: null,
    birthdate: null,
    people_group: null,
    archived: false,
    updated_at: "2026-01-02T03:04:05Z",
    ...overrides,
  };
}

export function staffRecord(id: number, overrides: Partial<StaffRecord> = {}): StaffRecord {
  return {
    id,
    first_name: `Staff${id}`,
    last_name: `Member${id}`,
    email: `staff${id}@example.com`,
    title: "Attorney",
    cell_phone_number: null,
    work_phone_number: null,
    home_phone_number: null,
    active: true,
    updated_at: "2026-01-02T03:04:05Z",
    ...overrides,
  };
}

export function leadRecord(id: number, overrides: Partial<LeadRecord> = {}): LeadRecord {
  return {
    id,
    first_name: `Lead${id}`,
    last_name: null,
    email: null,
    cell_phone_number: null,
    work_phone_number: null,
    home_phone_number: null,
    birthdate: null,
    status: "New",
    updated_at: null,
    ...overrides,
  };
}

export function customField(id: number, name: string, options: Record<string, string> = {}): CustomFieldRecord {
  return {
    id,
    name,
    parent_type: "case",
    field_type: Object.keys(options).length > 0 ? "list" : "short_text",
    list_options: Object.entries(options).map(([key, option]) => ({ key, option })),
    updated_at: null,
  };
}

export function customValue(id: number, value: string | number | boolean | null) {
  return { custom_field: { id }, value };
}

export function present<T>(record: T): Mirrored<T> {
  return { record, state: "present", deleted_at: null };
}

export function deleted(record: null, at?: string | null): Mirrored<never>;
export function deleted<T>(record: T, at?: string | null): Mirrored<T>;
export function deleted<T>(record: T | null, at: string | null = "2026-02-01T00:00:00Z"): Mirrored<T> {
  return { record, state: "deleted", deleted_at: at };
}

export function malformed(record: null): Mirrored<never>;
export function malformed<T>(record: T): Mirrored<T>;
export function malformed<T>(record: T | null): Mirrored<T> {
  return { record, state: "malformed", deleted_at: null };
}

export function notVisible(record: null): Mirrored<never>;
export function notVisible<T>(record: T): Mirrored<T>;
export function notVisible<T>(record: T | null): Mirrored<T> {
  return { record, state: "not_visible", deleted_at: null };
}
