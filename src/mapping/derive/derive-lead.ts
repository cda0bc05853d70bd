import type { LeadRow } from "../../domain/rows.ts";
import type { CaseRecord } from "../../mycase/wire/case.ts";
import type { Context } from "../context.ts";
import type { LeadFacts } from "../facts.ts";
import { pickPhone } from "../phone.ts";
import { presentText } from "../values.ts";
import type { MainContact } from "./choose-main-contact.ts";

/** The lead that the firm's rule makes of a case, named after its main contact; empty when it has none (R17). */
export function deriveLeadFromCase(context: Context, caseId: number, record: CaseRecord, main: MainContact): LeadRow {
  const person = main.client_id === null ? null : context.person(main.client_id).record;
  const { phone, phone_raw } =
    person === null
      ? { phone: null, phone_raw: null }
      : pickPhone(person, context.mapping.phoneOrder, context.config.country);
  return {
    source: "case",
    source_id: caseId,
    contact_id: main.client_id,
    first_name: presentText(person?.first_name ?? null),
    last_name: presentText(person?.last_name ?? null),
    email: presentText(person?.email ?? null),
    phone,
    phone_raw,
    status: presentText(record.status),
    deleted_at: null,
  };
}

/** A lead row whose reason to be is gone: kept, with the time it ended. */
export function endLead(lead: LeadRow | null, at: string): LeadRow | null {
  return lead === null || lead.deleted_at !== null ? lead : { ...lead, deleted_at: at };
}

/** The row of a lead object; none while the firm does not pull them, and existing ones end (R14, R16, D15). */
export function deriveLead(context: Context, { lead_id, mirror, previous }: LeadFacts): LeadRow | null {
  if (!context.config.pullLeadObjects) return endLead(previous, context.now);
  if (mirror?.state === "deleted") return endLead(previous, mirror.deleted_at ?? context.now);
  const record = mirror?.record ?? null;
  if (record === null) return previous;
  const { phone, phone_raw } = pickPhone(record, context.mapping.phoneOrder, context.config.country);
  return {
    source: "lead",
    source_id: lead_id,
    contact_id: null,
    first_name: presentText(record.first_name),
    last_name: presentText(record.last_name),
    email: presentText(record.email),
    phone,
    phone_raw,
    status: presentText(record.status),
    deleted_at: null,
  };
}
