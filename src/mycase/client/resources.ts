import type { z } from "zod";
import type { Model, RecordModel } from "../../domain/resources.ts";
import { caseWire, stableCaseFields } from "../wire/case.ts";
import { clientWire } from "../wire/client.ts";
import { companyWire } from "../wire/company.ts";
import { leadWire } from "../wire/lead.ts";
import { customFieldWire, namedWire } from "../wire/lists.ts";
import { staffWire } from "../wire/staff.ts";

/** Where each kind of record lives under `/v1`, and what a usable one looks like. */
export const RESOURCES: Record<Model, { path: string; wire: z.ZodType; hashInput?: (body: unknown) => unknown }> = {
  case: { path: "cases", wire: caseWire, hashInput: stableCaseFields },
  client: { path: "clients", wire: clientWire },
  staff: { path: "staff", wire: staffWire },
  lead: { path: "leads", wire: leadWire },
  company: { path: "companies", wire: companyWire },
  custom_field: { path: "custom_fields", wire: customFieldWire },
  people_group: { path: "people_groups", wire: namedWire },
  case_stage: { path: "case_stages", wire: namedWire },
  practice_area: { path: "practice_areas", wire: namedWire },
};

/** The extra fields requested when one record is read: a case then includes its clients' fields and the types of its custom fields. */
export const SPARSE_FIELDS: Partial<Record<RecordModel, Record<string, string>>> = {
  case: {
    "field[client]":
      "id,first_name,last_name,email,cell_phone_number,work_phone_number,home_phone_number,contact_group,birthdate,updated_at",
    "field[custom_field]": "id,field_type",
  },
};

/** The largest page MyCase gives. */
export const PAGE_SIZE = 1000;
