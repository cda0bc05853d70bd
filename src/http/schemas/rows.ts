import { z } from "@hono/zod-openapi";
import { instant, nullableText } from "./common.ts";

const date = z.string().nullable().openapi({ format: "date", example: "2026-01-31" });

const person = {
  first_name: nullableText,
  last_name: nullableText,
  email: nullableText,
  phone: nullableText.openapi({
    description: "E.164, or null when `phone_raw` does not parse",
    example: "+12125550101",
  }),
  phone_raw: nullableText.openapi({ example: "(212) 555-0101 ext. 7" }),
};
const phoneSource = z.enum(["cell", "work", "home"]).nullable();

export const projectSchema = z
  .object({
    case_id: z.int(),
    name: nullableText,
    case_number: nullableText,
    status: nullableText,
    project_type: nullableText,
    phase: nullableText,
    enabled: z.boolean(),
    type_unmapped: z.boolean(),
    is_lead: z.boolean(),
    practice_area: nullableText,
    case_stage: nullableText,
    opened_date: date,
    closed_date: date,
    custom_fields: z.record(z.string(), z.unknown()).openapi({ description: "By custom field id" }),
    main_contact_id: z.int().nullable(),
    main_contact_reason: z.string(),
    pinned_contact_id: z.int().nullable(),
    mapping_version: z.int(),
    mycase_updated_at: nullableText,
    synced_at: instant,
    deleted_at: instant.nullable(),
  })
  .openapi("Project");

export const contactSchema = z
  .object({
    client_id: z.int(),
    kind: z.enum(["client", "lead"]),
    ...person,
    group_name: nullableText,
    phone_source: phoneSource,
    birthdate: date,
    reachable: z.boolean(),
    archived: z.boolean(),
    unlinked_at: instant.nullable(),
    synced_at: instant,
    deleted_at: instant.nullable(),
  })
  .openapi("Contact");

export const teamMemberSchema = z
  .object({
    staff_id: z.int(),
    ...person,
    title: nullableText,
    phone_source: phoneSource,
    active: z.boolean(),
    role: nullableText,
    visible: z.boolean(),
    visibility_override: z.enum(["hidden"]).nullable(),
    synced_at: instant,
  })
  .openapi("TeamMember");

export const leadSchema = z
  .object({
    id: z.string().openapi({ description: "`source:source_id`, as the address of the lead has it", example: "case:9" }),
    source: z.enum(["lead", "case"]),
    source_id: z.int(),
    contact_id: z.int().nullable(),
    ...person,
    status: nullableText,
    synced_at: instant,
    deleted_at: instant.nullable(),
  })
  .openapi("Lead");

export const projectWithPeopleSchema = projectSchema
  .extend({
    contacts: z.array(contactSchema.extend({ role: nullableText, is_main: z.boolean() })),
    team: z.array(teamMemberSchema.extend({ lead_lawyer: z.boolean(), originating_lawyer: z.boolean() })),
  })
  .openapi("ProjectWithPeople");

export const contactWithProjectsSchema = contactSchema
  .extend({ projects: z.array(z.object({ case_id: z.int(), role: nullableText, is_main: z.boolean() })) })
  .openapi("ContactWithProjects");

export const teamMemberWithProjectsSchema = teamMemberSchema
  .extend({
    projects: z.array(z.object({ case_id: z.int(), lead_lawyer: z.boolean(), originating_lawyer: z.boolean() })),
  })
  .openapi("TeamMemberWithProjects");
