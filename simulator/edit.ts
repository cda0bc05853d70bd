import type { SimulatorCore } from "./core.ts";
import type {
  AnyRecord,
  CaseRecord,
  ClientRecord,
  CollectionName,
  Collections,
  CustomFieldDefinition,
} from "./records.ts";
import { forget, relationshipsOf, relink } from "./relationships.ts";
import type { WebhookSender } from "./webhooks/sender.ts";

export interface EditOptions {
  /** No webhook is sent. */
  silent?: boolean;
  /** `updated_at` stays, as for edits that MyCase does not date. */
  keepUpdatedAt?: boolean;
}

export type RecordOf<N extends CollectionName> = Collections[N] extends Map<number, infer R> ? R : never;

/** Kinds of record that MyCase sends webhooks for. */
const MODEL_OF: Partial<Record<CollectionName, string>> = {
  cases: "case",
  clients: "client",
  companies: "company",
  leads: "lead",
};

/** Edits the firm as its staff would in MyCase: dates the record and raises the webhook. */
export class Edit {
  private readonly core: SimulatorCore;
  private readonly sender: WebhookSender;

  constructor(core: SimulatorCore, sender: WebhookSender) {
    this.core = core;
    this.sender = sender;
  }

  create<N extends CollectionName>(name: N, fields: Partial<RecordOf<N>> = {}, options: EditOptions = {}): RecordOf<N> {
    const collection = this.core.firm[name] as Map<number, AnyRecord>;
    const id = (fields as { id?: number }).id ?? (this.core.ordered(name).at(-1)?.id ?? 0) + 1;
    const at = this.core.stamp();
    const record = { ...BLANK[name], created_at: at, updated_at: at, ...fields, id } as AnyRecord;
    const before = name === "cases" ? relationshipsOf(this.core.firm.cases.get(id)) : null;
    collection.set(id, record);
    if (before) relink(this.core.firm, id, before, record as CaseRecord);
    this.core.added(name, record);
    this.raise(name, "created", id, options);
    return record as RecordOf<N>;
  }

  update<N extends CollectionName>(
    name: N,
    id: number,
    patch: Partial<RecordOf<N>>,
    options: EditOptions = {},
  ): RecordOf<N> {
    const record = this.get(name, id);
    const before = name === "cases" ? relationshipsOf(this.core.firm.cases.get(id)) : null;
    Object.assign(record as object, patch);
    if (before) relink(this.core.firm, id, before, record as CaseRecord);
    if (!options.keepUpdatedAt && !("updated_at" in patch)) (record as AnyRecord).updated_at = this.core.stamp();
    this.core.changed();
    this.raise(name, "updated", id, options);
    return record;
  }

  remove(name: CollectionName, id: number, options: EditOptions = {}): void {
    const record = this.get(name, id) as { name?: string };
    if (name === "cases") relink(this.core.firm, id, relationshipsOf(this.core.firm.cases.get(id)));
    this.core.firm[name].delete(id);
    forget(this.core.firm, name, id, record.name);
    this.core.touched(name);
    this.raise(name, "deleted", id, options);
  }

  get<N extends CollectionName>(name: N, id: number): RecordOf<N> {
    const record = this.core.firm[name].get(id);
    if (!record) throw new Error(`the firm has no ${id} among its ${name}`);
    return record as RecordOf<N>;
  }

  setCaseField(
    id: number,
    fieldId: number,
    value: string | number | boolean | null,
    options: EditOptions = {},
  ): CaseRecord {
    const at = this.core.stamp();
    const others = this.get("cases", id).custom_field_values.filter((one) => one.custom_field.id !== fieldId);
    const own = value === null ? [] : [{ custom_field: { id: fieldId }, value, created_at: at, updated_at: at }];
    return this.update("cases", id, { custom_field_values: [...others, ...own] }, options);
  }

  closeCase(id: number, options: EditOptions = {}): CaseRecord {
    const closed_date = this.core.stamp().slice(0, 10);
    return this.update("cases", id, { status: "closed", closed_date }, options);
  }

  reopenCase(id: number, options: EditOptions = {}): CaseRecord {
    return this.update("cases", id, { status: "open", closed_date: null }, options);
  }

  addCaseClient(caseId: number, clientId: number, options: EditOptions = {}): CaseRecord {
    this.get("clients", clientId);
    const others = this.get("cases", caseId).clients.filter((one) => one.id !== clientId);
    return this.update("cases", caseId, { clients: [...others, { id: clientId }] }, options);
  }

  removeCaseClient(caseId: number, clientId: number, options: EditOptions = {}): CaseRecord {
    const clients = this.get("cases", caseId).clients.filter((one) => one.id !== clientId);
    return this.update("cases", caseId, { clients }, options);
  }

  addCaseStaff(
    caseId: number,
    staffId: number,
    flags: { lead_lawyer?: boolean; originating_lawyer?: boolean } = {},
    options: EditOptions = {},
  ): CaseRecord {
    this.get("staff", staffId);
    const others = this.get("cases", caseId).staff.filter((one) => one.id !== staffId);
    const added = { id: staffId, lead_lawyer: false, originating_lawyer: false, case_rate: null, ...flags };
    return this.update("cases", caseId, { staff: [...others, added] }, options);
  }

  removeCaseStaff(caseId: number, staffId: number, options: EditOptions = {}): CaseRecord {
    const staff = this.get("cases", caseId).staff.filter((one) => one.id !== staffId);
    return this.update("cases", caseId, { staff }, options);
  }

  /** Cases name their stage and practice area by text: a rename is seen on all of them. */
  renameListEntry(name: "case_stages" | "practice_areas", id: number, to: string, options: EditOptions = {}): void {
    const before = this.get(name, id).name;
    const field = name === "case_stages" ? "case_stage" : "practice_area";
    this.update(name, id, { name: to }, options);
    for (const record of this.core.firm.cases.values()) {
      if (record[field] === before) this.update("cases", record.id, { [field]: to }, options);
    }
  }

  /** The option gets a key above all that the field has. */
  addListOption(fieldId: number, option: string): CustomFieldDefinition {
    const { list_options: known = [] } = this.get("custom_fields", fieldId);
    const numbers = known.map((one) => Number(one.key.split("_").at(-1)) || 0);
    const at = this.core.stamp();
    const key = `opt_${fieldId}_${Math.max(0, ...numbers) + 1}`;
    const added = { key, option, created_at: at, updated_at: at };
    return this.update("custom_fields", fieldId, { list_options: [...known, added] });
  }
  /** Cases show the new text; they hold the option, not its text. */
  renameListOption(fieldId: number, key: string, option: string, options?: EditOptions): CustomFieldDefinition {
    const { list_options: known = [] } = this.get("custom_fields", fieldId);
    const before = known.find((one) => one.key === key)?.option;
    if (before === undefined) throw new Error(`the field ${fieldId} has no option ${key}`);
    for (const record of this.core.firm.cases.values()) {
      const held = record.custom_field_values.find((one) => one.custom_field.id === fieldId && one.value === before);
      if (held) this.setCaseField(record.id, fieldId, option, options);
    }
    const renamed = known.map((one) => (one.key === key ? { ...one, option, updated_at: this.core.stamp() } : one));
    return this.update("custom_fields", fieldId, { list_options: renamed });
  }
  removeListOption(fieldId: number, key: string): CustomFieldDefinition {
    const { list_options: known = [] } = this.get("custom_fields", fieldId);
    return this.update("custom_fields", fieldId, { list_options: known.filter((one) => one.key !== key) });
  }

  private raise(name: CollectionName, action: string, id: number, options: EditOptions): void {
    const model = MODEL_OF[name];
    if (model && !options.silent) this.sender.raise(model, action, id);
  }
}

const BLANK_CASE = {
  name: "New case",
  case_number: null,
  description: "",
  opened_date: null,
  closed_date: null,
  sol_date: null,
  practice_area: null,
  case_stage: null,
  status: "open",
  outstanding_balance: 0,
  billing_type: "",
  clients: [],
  companies: [],
  staff: [],
  custom_field_values: [],
} satisfies Partial<CaseRecord>;

const BLANK_CLIENT = { archived: false, cases: [], custom_field_values: [] } satisfies Partial<ClientRecord>;

/** What MyCase fills in when only a name is given. */
const BLANK: Record<CollectionName, object> = {
  cases: BLANK_CASE,
  clients: BLANK_CLIENT,
  staff: { type: "Staff", active: true, default_hourly_rate: 0 },
  leads: { status: "New", approved: false, custom_field_values: [] },
  companies: { name: "New company", archived: false, cases: [], clients: [], custom_field_values: [] },
  people_groups: { name: "New group" },
  case_stages: { name: "New stage" },
  practice_areas: { name: "New practice area" },
  case_roles: { name: "New role" },
  custom_fields: { name: "New field", parent_type: "case", field_type: "short_text" },
};
