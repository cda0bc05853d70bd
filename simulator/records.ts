/** MyCase's records as they go over the wire; a field that the documents allow to be missing may be missing here too. */
export interface Timestamps {
  created_at: string;
  updated_at: string;
}

export interface Address {
  address1: string;
  address2: string;
  city: string;
  state: string;
  zip_code: string;
  country: string;
}

export interface CustomFieldValueRecord extends Timestamps {
  custom_field: { id: number };
  value: string | number | boolean;
}

export interface CaseRecord extends Timestamps {
  id: number;
  name: string;
  case_number: string | null;
  description: string;
  opened_date: string | null;
  closed_date: string | null;
  sol_date: string | null;
  practice_area: string | null;
  case_stage: string | null;
  status: string;
  outstanding_balance: number;
  billing_contact?: { id: number };
  billing_type: string;
  clients: { id: number }[];
  companies: { id: number }[];
  staff: { id: number; lead_lawyer: boolean; originating_lawyer: boolean; case_rate: string | null }[];
  custom_field_values: CustomFieldValueRecord[];
  office?: { id: number; name: string };
}

export interface PersonFields extends Timestamps {
  id: number;
  email?: string;
  first_name?: string;
  last_name?: string;
  address?: Address;
  cell_phone_number?: string;
  work_phone_number?: string;
  home_phone_number?: string;
}

export interface ClientRecord extends PersonFields {
  middle_name?: string;
  fax_phone_number?: string;
  contact_group?: string;
  notes?: string;
  people_group?: { id: number } | null;
  birthdate?: string;
  archived: boolean;
  cases: { id: number }[];
  custom_field_values: CustomFieldValueRecord[];
}

export interface StaffRecord extends PersonFields {
  type: string;
  title?: string;
  active: boolean;
  default_hourly_rate: number;
}

export interface LeadRecord extends PersonFields {
  birthdate?: string;
  lead_details?: string;
  status: string;
  approved: boolean;
  custom_field_values: CustomFieldValueRecord[];
}

export interface CompanyRecord extends Timestamps {
  id: number;
  name: string;
  email?: string;
  website?: string;
  main_phone_number?: string;
  fax_phone_number?: string;
  address?: Address;
  archived: boolean;
  cases: { id: number }[];
  clients: { id: number }[];
  custom_field_values: CustomFieldValueRecord[];
}

export interface NamedRecord extends Timestamps {
  id: number;
  name: string;
}

export interface CustomFieldDefinition extends NamedRecord {
  parent_type: string;
  field_type: string;
  list_options?: ({ key: string; option: string } & Timestamps)[];
}

/** Every collection of the firm, by the name of its path under `/v1`. */
export interface Collections {
  cases: Map<number, CaseRecord>;
  clients: Map<number, ClientRecord>;
  staff: Map<number, StaffRecord>;
  leads: Map<number, LeadRecord>;
  companies: Map<number, CompanyRecord>;
  people_groups: Map<number, NamedRecord>;
  case_stages: Map<number, NamedRecord>;
  practice_areas: Map<number, NamedRecord>;
  case_roles: Map<number, NamedRecord>;
  custom_fields: Map<number, CustomFieldDefinition>;
}

export type CollectionName = keyof Collections;

export type AnyRecord = { id: number; updated_at: string };
