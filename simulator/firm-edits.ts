import { Edit, type EditOptions } from "./edit.ts";
import type {
  CaseRecord,
  ClientRecord,
  CompanyRecord,
  CustomFieldDefinition,
  LeadRecord,
  NamedRecord,
  StaffRecord,
} from "./records.ts";

/** The edits by the names that people have for them. */
export class FirmEdits extends Edit {
  createCase(fields: Partial<CaseRecord> = {}, options?: EditOptions): CaseRecord {
    return this.create("cases", fields, options);
  }
  updateCase(id: number, patch: Partial<CaseRecord>, options?: EditOptions): CaseRecord {
    return this.update("cases", id, patch, options);
  }
  deleteCase(id: number, options?: EditOptions): void {
    this.remove("cases", id, options);
  }
  createClient(fields: Partial<ClientRecord> = {}, options?: EditOptions): ClientRecord {
    return this.create("clients", fields, options);
  }
  updateClient(id: number, patch: Partial<ClientRecord>, options?: EditOptions): ClientRecord {
    return this.update("clients", id, patch, options);
  }
  deleteClient(id: number, options?: EditOptions): void {
    this.remove("clients", id, options);
  }
  createStaff(fields: Partial<StaffRecord> = {}, options?: EditOptions): StaffRecord {
    return this.create("staff", fields, options);
  }
  updateStaff(id: number, patch: Partial<StaffRecord>, options?: EditOptions): StaffRecord {
    return this.update("staff", id, patch, options);
  }
  createLead(fields: Partial<LeadRecord> = {}, options?: EditOptions): LeadRecord {
    return this.create("leads", fields, options);
  }
  updateLead(id: number, patch: Partial<LeadRecord>, options?: EditOptions): LeadRecord {
    return this.update("leads", id, patch, options);
  }
  /** Only by hand: MyCase's API has no DELETE for leads. */
  removeLead(id: number, options?: EditOptions): void {
    this.remove("leads", id, options);
  }
  createCompany(fields: Partial<CompanyRecord> = {}, options?: EditOptions): CompanyRecord {
    return this.create("companies", fields, options);
  }
  updateCompany(id: number, patch: Partial<CompanyRecord>, options?: EditOptions): CompanyRecord {
    return this.update("companies", id, patch, options);
  }
  deleteCompany(id: number, options?: EditOptions): void {
    this.remove("companies", id, options);
  }

  createGroup(name: string): NamedRecord {
    return this.create("people_groups", { name });
  }
  renameGroup(id: number, name: string): NamedRecord {
    return this.update("people_groups", id, { name });
  }
  deleteGroup(id: number): void {
    this.remove("people_groups", id);
  }
  createStage(name: string): NamedRecord {
    return this.create("case_stages", { name });
  }
  renameStage(id: number, name: string, options?: EditOptions): void {
    this.renameListEntry("case_stages", id, name, options);
  }
  deleteStage(id: number): void {
    this.remove("case_stages", id);
  }
  createPracticeArea(name: string): NamedRecord {
    return this.create("practice_areas", { name });
  }
  renamePracticeArea(id: number, name: string, options?: EditOptions): void {
    this.renameListEntry("practice_areas", id, name, options);
  }

  createCustomField(fields: Partial<CustomFieldDefinition>): CustomFieldDefinition {
    return this.create("custom_fields", fields);
  }
  renameCustomField(id: number, name: string): CustomFieldDefinition {
    return this.update("custom_fields", id, { name });
  }
  deleteCustomField(id: number): void {
    this.remove("custom_fields", id);
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
}
