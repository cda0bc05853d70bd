import { z } from "@hono/zod-openapi";
import { flag, instant, int, nullableDate, nullableInstant, nullableInt, nullableText, oneOf, text } from "./values.ts";

const synced_at = instant("When the row was last written by a sync");
const deleted_at = nullableInstant("When the deletion in MyCase was detected");

const person = {
  first_name: nullableText("First name"),
  last_name: nullableText("Last name"),
  email: nullableText("Email address"),
  phone: z
    .string()
    .nullable()
    .openapi({ description: "E.164, or null when `phone_raw` does not parse", example: "+12125550101" }),
  phone_raw: z
    .string()
    .nullable()
    .openapi({ description: "The number as MyCase has it", example: "(212) 555-0101 ext. 7" }),
};
const phone_source = z
  .enum(["cell", "work", "home"])
  .nullable()
  .openapi({ description: "The field of MyCase that the number is from" });

const role = nullableText("Key of the contact role");
const is_main = flag("Whether it is the main contact of the project");
const lead_lawyer = flag("MyCase's lead lawyer of the case");
const originating_lawyer = flag("MyCase's originating lawyer of the case");
const case_id = int("MyCase's id of the case");

export const projectSchema = z
  .object({
    case_id,
    name: nullableText("Name of the case"),
    case_number: nullableText("The firm's number of the case"),
    status: nullableText("`open` or `closed`, as MyCase has it"),
    project_type: nullableText("Key of the project type"),
    phase: nullableText("Key of the phase"),
    enabled: flag("Whether the mapped field enables it; true without a mapped field"),
    type_unmapped: flag("Whether no project type lists its value"),
    is_lead: flag("Whether the lead rule claims the case"),
    practice_area: nullableText("Practice area in MyCase"),
    case_stage: nullableText("Case stage in MyCase"),
    opened_date: nullableDate("When the case was opened"),
    closed_date: nullableDate("When the case was closed"),
    custom_fields: z.record(z.string(), z.unknown()).openapi({ description: "Values by custom field id" }),
    main_contact_id: nullableInt("Client id of the main contact"),
    main_contact_reason: text("Why it is the main contact; stable"),
    pinned_contact_id: nullableInt("Client id that the org pinned as main contact"),
    mapping_version: int("Version of the mapping that made the row"),
    mycase_updated_at: nullableText("MyCase's `updated_at` of the case"),
    synced_at,
    deleted_at,
  })
  .openapi("Project");

export const contactSchema = z
  .object({
    client_id: int("MyCase's id of the client"),
    kind: oneOf(["client", "lead"], "`lead` while it is only on leads"),
    ...person,
    group_name: nullableText("Name of its people group"),
    phone_source,
    birthdate: nullableDate("Date of birth"),
    reachable: flag("Whether it has an email address or a number that parses"),
    archived: flag("Whether it is archived in MyCase"),
    unlinked_at: nullableInstant("When its last link to a project went; null while it has any"),
    synced_at,
    deleted_at,
  })
  .openapi("Contact");

export const teamMemberSchema = z
  .object({
    staff_id: int("MyCase's id of the staff member"),
    ...person,
    title: nullableText("Title in MyCase"),
    phone_source,
    active: flag("Whether MyCase has the staff member as active"),
    role: nullableText("Key of the team role that lists the title"),
    visible: flag("Whether clients see the member"),
    visibility_override: z.enum(["hidden"]).nullable().openapi({ description: "`hidden` when hidden by the org" }),
    synced_at,
  })
  .openapi("TeamMember");

export const leadSchema = z
  .object({
    id: z.string().openapi({ description: "`source:source_id`, as in the lead's address", example: "case:9" }),
    source: oneOf(["lead", "case"], "`case` for a case that the lead rule claims"),
    source_id: int("MyCase's id of the lead object or case"),
    contact_id: nullableInt("Client id of the lead's contact"),
    ...person,
    status: nullableText("Status in MyCase"),
    synced_at,
    deleted_at: nullableInstant("When it was deleted in MyCase, or stopped being a lead"),
  })
  .openapi("Lead");

const linkedContact = z
  .object({ ...contactSchema.shape, role, is_main })
  .openapi("ProjectContact", { description: "A contact as linked to a project" });

const assignedMember = z
  .object({ ...teamMemberSchema.shape, lead_lawyer, originating_lawyer })
  .openapi("ProjectTeamMember", { description: "A team member as assigned to a project" });

export const projectWithPeopleSchema = z
  .object({
    ...projectSchema.shape,
    contacts: z.array(linkedContact).openapi({ description: "Contacts by client id" }),
    team: z.array(assignedMember).openapi({ description: "Team members by staff id" }),
  })
  .openapi("ProjectWithPeople");

export const contactWithProjectsSchema = z
  .object({
    ...contactSchema.shape,
    projects: z.array(z.object({ case_id, role, is_main })).openapi({ description: "Projects it is linked to" }),
  })
  .openapi("ContactWithProjects");

export const teamMemberWithProjectsSchema = z
  .object({
    ...teamMemberSchema.shape,
    projects: z
      .array(z.object({ case_id, lead_lawyer, originating_lawyer }))
      .openapi({ description: "Projects it is assigned to" }),
  })
  .openapi("TeamMemberWithProjects");
