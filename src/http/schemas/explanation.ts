import { z } from "@hono/zod-openapi";
import { flag, int, nullableInstant, nullableInt, nullableText, oneOf, text } from "./values.ts";

const value = z.union([z.string(), z.number(), z.boolean()]).nullable();

const DIFFERENCES = ["case", "spaces", "dashes", "quotes", "nbsp", "accents", "plural", "several"] as const;

export const nearMissSchema = z
  .object({
    expected: text("The mapped value it almost equals"),
    difference: oneOf(DIFFERENCES, "Kind of difference"),
  })
  .nullable()
  .openapi({ description: "A mapped value that would match if matching were not exact; reported, never applied" });

const fieldRef = z
  .union([
    z.object({ field: text("A standard field of the case") }),
    z.object({
      custom_field_id: int("MyCase's id of a custom field"),
      name: nullableText("Name of the custom field, if known"),
    }),
  ])
  .nullable()
  .openapi({ description: "The mapped field; null when none is" });

const fix = nullableText("What to do, and where; null when nothing needs doing");

const gate = z.object({
  gate: oneOf(["connected", "exists", "enabled", "lead_rule", "project_type", "phase"], "Which gate"),
  passed: flag("Whether the case passes it"),
  code: text("The gate's finding; stable"),
  field: fieldRef,
  value: value.openapi({ description: "The value seen" }),
  expected: z.array(value).openapi({ description: "The values that would pass" }),
  near_miss: nearMissSchema,
  fix,
});

const contact = z.object({
  client_id: nullableInt("Id of the client; null for a company"),
  company_id: nullableInt("Id of the company; null for a client"),
  name: nullableText("Name, if known"),
  linked: flag("Whether it is linked to the project"),
  is_main: flag("Whether it is the main contact"),
  role: nullableText("Key of the contact role"),
  group: nullableText("Name of its people group"),
  code: text("Why it is linked, or is not; stable"),
  near_miss: nearMissSchema,
  fix,
  kind: oneOf(["client", "lead"], "Kind of the contact")
    .nullable()
    .openapi({ description: "Kind of the contact; null when it is not linked" }),
  kind_code: nullableText("Why it is of that kind; stable"),
  kind_fix: nullableText("What would change the kind"),
});

const member = z.object({
  staff_id: int("Id of the staff member"),
  name: nullableText("Name, if known"),
  title: nullableText("Title in MyCase"),
  role: nullableText("Key of the team role"),
  visible: flag("Whether clients see the member"),
  code: text("Why it is visible, or is not; stable"),
  near_miss: nearMissSchema,
  fix,
});

const staff = member.extend({
  assigned: flag("Whether the person is assigned to the case in MyCase"),
  assigned_staff: z
    .array(z.object({ staff_id: int("Id of the staff member"), name: nullableText("Name, if known") }))
    .openapi({ description: "Who is assigned to the case" }),
});

export const explanationSchema = z
  .object({
    case_id: int("Id of the case"),
    name: nullableText("Name of the case"),
    bucket: text("Where the case is counted in the coverage"),
    code: text("Code of the gate that decided; `ok` for a live project"),
    gates: z.array(gate).openapi({ description: "The gates in their order" }),
    main_contact: z
      .object({ client_id: nullableInt("The main contact"), reason: text("Why it is the main contact; stable") })
      .openapi({ description: "The main contact and why" }),
    contacts: z.array(contact).openapi({ description: "Every client and company on the case" }),
    team: z.array(member).openapi({ description: "Every staff member on the case" }),
    staff: staff.nullable().openapi({ description: "The explanation of `staff_id`; null without one" }),
    warnings: z
      .array(z.object({ code: text("Stable"), detail: text("What was passed over, and why") }))
      .openapi({ description: "Values that could not be read" }),
    mapping_version: nullableInt("Mapping version used"),
    read_at: nullableInstant("When the case was read from MyCase"),
    other_case_ids: z.array(z.int()).optional().openapi({ description: "Other cases with the same number" }),
  })
  .openapi("Explanation");
