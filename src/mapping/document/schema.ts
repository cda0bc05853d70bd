import { z } from "zod";

/** The standard fields of a case that a mapping may refer to (R21). */
export const standardFields = [
  "practice_area",
  "case_stage",
  "status",
  "case_number",
  "name",
  "billing_type",
  "office",
] as const;

export type StandardField = (typeof standardFields)[number];

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "must be a slug: lower-case letters, digits, - and _, at most 63 characters")
  .describe("A slug of your own; it stays the same when the name changes.")
  .meta({ examples: ["injury"] });

const name = z.string().regex(/\S/, "must not be blank").max(200).describe("What the portal's users read.");

// Never trimmed: matching is exact (R23), so the text kept has to be the text compared.
const exactText = z.string().regex(/\S/, "must not be blank").max(1000);
const value = z.union([exactText, z.number(), z.boolean()]);
const values = z.array(value).describe("Values as MyCase has them, compared exactly: case- and space-sensitive.");

const reference = {
  field: z.enum(standardFields).optional().describe("A standard field of the case."),
  custom_field_id: z.int().positive().optional().describe("The MyCase id of a case-level custom field."),
};

function refersToOneField(subject: { field?: unknown; custom_field_id?: unknown }): boolean {
  return (subject.field === undefined) !== (subject.custom_field_id === undefined);
}

const oneField = "must have exactly one of field and custom_field_id";

const fieldReference = z.strictObject(reference).refine(refersToOneField, oneField);

const enabledField = z
  .strictObject({
    ...reference,
    true_values: values.min(1).describe("The values that mean enabled; anything else means disabled."),
    when_blank: z.enum(["disabled", "enabled"]).default("disabled").describe("What a blank value means."),
  })
  .refine(refersToOneField, oneField)
  .describe("Which cases may become projects; without it every case may (R24).");

const leadRule = z
  .strictObject({ ...reference, values: values.min(1).describe("The values that make a case a lead.") })
  .refine(refersToOneField, oneField)
  .describe("For firms that keep leads as ordinary cases (R17).");

const projectType = z
  .strictObject({
    key,
    name,
    values,
    phases: z
      .array(z.strictObject({ key, name, values }))
      .default([])
      .describe("The phases of this type and the values of the phase field that mean each."),
  })
  .describe("A kind of project and the values of the project-type field that mean it.");

const phoneOrder = z
  .array(z.enum(["cell", "work", "home"]))
  .min(1)
  .refine((order) => new Set(order).size === order.length, "must not repeat an entry")
  .default(["cell", "work", "home"])
  .describe("Which phone number to take: the first one present. Fax numbers are never taken (R33, D2).");

const contacts = z
  .strictObject({
    mode: z
      .enum(["main", "by_group"])
      .default("main")
      .describe("`main`: one contact per project. `by_group`: every client whose group a role lists."),
    roles: z
      .array(z.strictObject({ key, name, groups: z.array(exactText).describe("Names of MyCase people groups.") }))
      .default([])
      .describe("Contact roles and the people groups that mean each."),
    phone_order: phoneOrder,
  })
  .prefault({});

const teamRole = z
  .strictObject({
    key,
    name,
    titles: z.array(exactText).describe("Staff titles as MyCase has them, compared exactly."),
    visible: z.boolean().default(true).describe("Whether clients see the members of this role."),
  })
  .describe("A role shown to clients; never created by a sync (R50).");

const blastGuard = z
  .strictObject({
    max_share: z.number().min(0).max(1).default(0.2).describe("The share of projects one run may harm unasked."),
    min_projects: z.int().min(0).default(20).describe("Firms with fewer projects are not guarded."),
  })
  .prefault({});

/** The whole mapping document of a firm, strict: unknown keys are refused. Its rules are in docs/domain.md, "Gates". */
export const mappingDocument = z
  .strictObject({
    fields: z
      .strictObject({
        project_type: fieldReference.describe("The field whose value decides the project type."),
        phase: fieldReference.describe("The field whose value decides the phase."),
        enabled: enabledField.optional(),
        lead: leadRule.optional(),
      })
      .describe("Which fields of a case decide."),
    project_types: z.array(projectType).describe("Project types and their phases."),
    contacts: contacts.describe("Which people of a case are linked to its project."),
    team_roles: z.array(teamRole).default([]).describe("Roles shown to clients."),
    blast_guard: blastGuard.describe("How much a run may change before it asks."),
  })
  .meta({
    description: "How MyCase records become projects, contacts and roles.",
    examples: [
      {
        fields: { project_type: { field: "practice_area" }, phase: { field: "case_stage" } },
        project_types: [
          {
            key: "injury",
            name: "Personal Injury",
            values: ["Personal Injury", "Auto Accident"],
            phases: [{ key: "intake", name: "Getting started", values: ["Intake", "New"] }],
          },
        ],
        contacts: {
          mode: "main",
          roles: [{ key: "client", name: "Client", groups: ["Client"] }],
          phone_order: ["cell", "work", "home"],
        },
        team_roles: [{ key: "attorney", name: "Your attorney", titles: ["Attorney", "Partner"], visible: true }],
        blast_guard: { max_share: 0.2, min_projects: 20 },
      },
    ],
  });

export type MappingDocument = z.output<typeof mappingDocument>;

/** A reference to one field of a case: standard, or custom by id. */
export type FieldReference = z.output<typeof fieldReference>;

/** A value as a mapping lists it. */
export type MappedValue = z.output<typeof value>;
