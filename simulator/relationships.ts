import type { CaseRecord, CollectionName, Collections } from "./records.ts";

type Tied = Pick<CaseRecord, "clients" | "companies">;

const UNTIED: Tied = { clients: [], companies: [] };

/** Who is tied to a case, kept apart from the record, which an edit is about to change. */
export function relationshipsOf(record: CaseRecord | undefined): Tied {
  return record ? { clients: [...record.clients], companies: [...record.companies] } : UNTIED;
}

/** Mirrors a case's relationships on the clients and companies that it has now, or had. */
export function relink(firm: Collections, caseId: number, before: Tied, after: Tied = UNTIED): void {
  for (const name of ["clients", "companies"] as const) {
    const now = new Set(after[name].map((one) => one.id));
    const then = new Set(before[name].map((one) => one.id));
    for (const id of then) {
      if (now.has(id)) continue;
      const other = firm[name].get(id);
      if (other) other.cases = other.cases.filter((one) => one.id !== caseId);
    }
    for (const id of now) {
      if (then.has(id)) continue;
      const other = firm[name].get(id);
      if (other && !other.cases.some((one) => one.id === caseId)) other.cases = [...other.cases, { id: caseId }];
    }
  }
}

/** How each kind of record is taken out of what names it: by its id, or by what it was called. */
const FORGET: Partial<Record<CollectionName, (firm: Collections, id: number, called: string) => void>> = {
  clients: (firm, id) => {
    for (const record of firm.cases.values()) {
      record.clients = without(record.clients, id);
      if (record.billing_contact?.id === id) delete record.billing_contact;
    }
    for (const company of firm.companies.values()) company.clients = without(company.clients, id);
  },
  companies: (firm, id) => {
    for (const record of firm.cases.values()) {
      record.companies = without(record.companies, id);
      if (record.billing_contact?.id === id) delete record.billing_contact;
    }
  },
  staff: (firm, id) => {
    for (const record of firm.cases.values()) record.staff = without(record.staff, id);
  },
  case_stages: (firm, _, called) => {
    for (const record of firm.cases.values()) if (record.case_stage === called) record.case_stage = null;
  },
  practice_areas: (firm, _, called) => {
    for (const record of firm.cases.values()) if (record.practice_area === called) record.practice_area = null;
  },
  people_groups: (firm, id) => {
    for (const client of firm.clients.values()) if (client.people_group?.id === id) delete client.people_group;
  },
  custom_fields: (firm, id) => {
    for (const records of [firm.cases, firm.clients, firm.leads, firm.companies]) {
      for (const record of records.values()) {
        record.custom_field_values = record.custom_field_values.filter((value) => value.custom_field.id !== id);
      }
    }
  },
};

/**
 * Takes a removed record out of everything that names it. Whether MyCase dates those records, or sends webhooks for
 * them, is unknown: the worse is assumed, that it does neither.
 */
export function forget(firm: Collections, name: CollectionName, id: number, called = ""): void {
  FORGET[name]?.(firm, id, called);
}

function without<T extends { id: number }>(list: T[], id: number): T[] {
  return list.some((one) => one.id === id) ? list.filter((one) => one.id !== id) : list;
}
