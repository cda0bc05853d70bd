import { DEMO_MAPPING } from "../scripts/demo-mapping.ts";
import { createSimulator } from "../simulator/simulator.ts";
import { derive } from "../src/mapping/derive/derive.ts";
import { mappingDocument } from "../src/mapping/document/schema.ts";
import type { CaseFacts, ClientFacts, Facts, StaffFacts } from "../src/mapping/facts.ts";
import { caseWire } from "../src/mycase/wire/case.ts";
import { clientWire } from "../src/mycase/wire/client.ts";
import { customFieldWire } from "../src/mycase/wire/lists.ts";
import { staffWire } from "../src/mycase/wire/staff.ts";
import { type Metric, metric } from "./metric.ts";

const ROUNDS = 5;

const CASES = 20_000;

/** Pure derivation against the cost of merely copying the same records, for cases with few and with many custom fields. */
export async function benchDerive(): Promise<Metric[]> {
  return [1, 40].map((customFields) => benchWith(customFields));
}

/** The two take turns, so that both see the same machine. */
function benchWith(customFields: number): Metric {
  const facts = factsOf(CASES, customFields);
  const records = facts.cases.map((one) => one.mirror?.record);
  const rates: Record<"subject" | "baseline", number[]> = { subject: [], baseline: [] };
  const work = {
    subject: () => derive(facts),
    baseline: () => JSON.parse(JSON.stringify(records)) as unknown,
  };
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? (["subject", "baseline"] as const) : (["baseline", "subject"] as const);
    for (const which of order) rates[which].push(rate(CASES, work[which]));
  }
  return metric({
    benchmark: "derive",
    what: `cases derived, ${customFields} custom fields each`,
    unit: "/s",
    raw: rates.subject,
    baseline: { what: "the same records copied through JSON", raw: rates.baseline },
  });
}

function rate(count: number, work: () => unknown): number {
  const started = performance.now();
  if (!work()) throw new Error("nothing was made");
  return Math.round(count / ((performance.now() - started) / 1000));
}

function factsOf(cases: number, customFields: number): Facts {
  const { firm } = createSimulator({ cases, delivery: "manual" });
  const at = "2026-01-01T00:00:00Z";
  const values = Array.from({ length: customFields }, (_, index) => ({
    custom_field: { id: 41 + index },
    value: `v${index}`,
    created_at: at,
    updated_at: at,
  }));
  const present = <T>(record: T) => ({ record, state: "present" as const, deleted_at: null });
  const none = { on_live_project: false, on_lead: false, on_other_project: false };
  const clients = [...firm.clients.values()].map((one): [number, ClientFacts] => [
    one.id,
    { client_id: one.id, mirror: present(clientWire.parse(one)), previous: null, linksOutsideScope: none },
  ]);
  const staff = [...firm.staff.values()].map((one): [number, StaffFacts] => [
    one.id,
    { staff_id: one.id, mirror: present(staffWire.parse(one)), previous: null },
  ]);
  return {
    now: "2026-01-01T00:00:00.000Z",
    config: {
      mapping: { version: 1, document: mappingDocument.parse(DEMO_MAPPING) },
      country: "US",
      pullLeadObjects: false,
      groups: new Map([...firm.people_groups.values()].map((one) => [one.id, one.name])),
      customFields: new Map([...firm.custom_fields.values()].map((one) => [one.id, customFieldWire.parse(one)])),
    },
    cases: [...firm.cases.values()].map(
      (one): CaseFacts => ({
        case_id: one.id,
        mirror: present(caseWire.parse({ ...one, custom_field_values: values })),
        previous: { project: null, contacts: [], team: [], lead: null },
      }),
    ),
    clients: new Map(clients),
    staff: new Map(staff),
    leads: [],
  };
}
