import { derive } from "../../../src/mapping/derive/derive.ts";
import type { Facts } from "../../../src/mapping/facts.ts";
import type { CaseOutcome, GateName, Outcome } from "../../../src/mapping/outcome.ts";
import { plan } from "../../../src/mapping/plan/plan.ts";
import type { LedgerEntry, Plan } from "../../../src/mapping/plan/plan-types.ts";
import type { CaseRecord } from "../../../src/mycase/wire/case.ts";
import type { ClientRecord } from "../../../src/mycase/wire/client.ts";
import type { StaffRecord } from "../../../src/mycase/wire/staff.ts";
import { emptyTables, type Firm, loadFacts, savePlan, type Tables } from "./firm.ts";
import { mapping } from "./mapping.ts";
import { caseRecord, clientRecord, customField, present, staffRecord } from "./records.ts";

/** A firm with its tables: change the firm, sync, look at the tables. */
export class World {
  tables: Tables = emptyTables();
  ledger: LedgerEntry[] = [];
  firm: Firm = {
    now: "2026-03-01T10:00:00Z",
    mapping: mapping(),
    country: "US",
    pullLeadObjects: false,
    groups: new Map([
      [1, "Client"],
      [2, "Co-Counsel"],
      [3, "client"],
    ]),
    customFields: new Map([
      [41, customField(41, "Portal Enabled")],
      [42, customField(42, "Record Kind", { k1: "Lead", k2: "Matter" })],
    ]),
    cases: new Map(),
    clients: new Map(),
    staff: new Map(),
    leads: new Map(),
  };

  withCase(id: number, overrides: Partial<CaseRecord> = {}): this {
    this.firm.cases.set(id, present(caseRecord(id, overrides)));
    return this;
  }

  withClient(id: number, overrides: Partial<ClientRecord> = {}): this {
    this.firm.clients.set(id, present(clientRecord(id, overrides)));
    return this;
  }

  withStaff(id: number, overrides: Partial<StaffRecord> = {}): this {
    this.firm.staff.set(id, present(staffRecord(id, overrides)));
    return this;
  }

  withMapping(document: Firm["mapping"]): this {
    this.firm.mapping = document;
    return this;
  }

  /** The facts of everything, as they are now. */
  facts(): Facts {
    return loadFacts(this.firm, this.tables);
  }

  /** Derives everything and saves it. */
  sync(): { facts: Facts; outcome: Outcome; plan: Plan } {
    const facts = this.facts();
    const outcome = derive(facts);
    const changes = plan(facts, outcome);
    this.tables = savePlan(this.tables, changes);
    this.ledger.push(...changes.ledger);
    return { facts, outcome, plan: changes };
  }

  /** Syncs, and answers with the outcome of one case. */
  outcomeOf(caseId: number): CaseOutcome {
    const found = this.sync().outcome.cases.find((one) => one.case_id === caseId);
    if (found === undefined) throw new Error(`no outcome of case ${caseId}`);
    return found;
  }

  /** The contact links of a case, as client ids. */
  contactsOf(caseId: number): number[] {
    return [...this.tables.contactLinks.values()]
      .filter((link) => link.case_id === caseId)
      .map((link) => link.client_id)
      .sort((one, other) => one - other);
  }

  /** The team links of a case, as staff ids. */
  teamOf(caseId: number): number[] {
    return [...this.tables.teamLinks.values()]
      .filter((link) => link.case_id === caseId)
      .map((link) => link.staff_id)
      .sort((one, other) => one - other);
  }
}

export function gateOf(outcome: CaseOutcome, name: GateName) {
  const gate = outcome.gates.find((one) => one.gate === name);
  if (gate === undefined) throw new Error(`no gate ${name}`);
  return gate;
}
