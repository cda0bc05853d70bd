import { z } from "@hono/zod-openapi";
import { nearMissSchema } from "./explanation.ts";
import { flag, instant, int, text } from "./values.ts";

const mapped = z.array(z.string()).openapi({ description: "Places of the mapping that list the value" });

const seenValue = z.object({
  value: z.union([z.string(), z.number(), z.boolean()]).openapi({ description: "The value, as MyCase has it" }),
  count: int("Cases that have it"),
  sample_cases: z.array(z.int()).openapi({ description: "A few of those cases" }),
  mapped,
  near_miss: nearMissSchema,
});

const vanishedValue = z.object({
  value: text("The mapped value"),
  mapped,
  probable_rename: z
    .object({
      to: text("What the cases that had it have now"),
      cases: int("Number of cases that changed from one to the other"),
      fix: text("What to add to the mapping"),
    })
    .nullable()
    .openapi({ description: "Set when the value seems to have been renamed in MyCase" }),
});

const field = z.object({
  field: z
    .union([
      z.object({ field: text("A standard field of the case") }),
      z.object({ custom_field_id: int("MyCase's id of a custom field") }),
    ])
    .openapi({ description: "The field, as the mapping document refers to it" }),
  name: text("Name of the field"),
  type: text("MyCase's type of the field"),
  used_for: z.array(z.string()).openapi({ description: "What the mapping uses it for" }),
  values: z
    .array(seenValue)
    .openapi({ description: "The 200 most frequent values, and those mapped; none of a case's name and number" }),
  further_values: z.int().nullable().openapi({
    example: 0,
    description: "How many more values there are; null of a case's name and number",
  }),
  vanished: z.array(vanishedValue).openapi({ description: "Mapped values that no case has" }),
});

export const fieldsSchema = z
  .object({ data: z.array(field).openapi({ description: "Standard fields, then custom fields" }) })
  .openapi("Fields");

export const coverageSchema = z
  .object({
    mycase_total: int("Cases visible to the connection"),
    buckets: z
      .object({
        project: int("Live projects, closed ones included"),
        lead: int("Leads by the lead rule"),
        disabled: int("Not enabled by the mapped field"),
        type_unmapped: int("Without a mapped project type"),
        failed: int("Records that could not be used"),
        pending: int("Not derived yet"),
      })
      .openapi({ description: "Visible cases by bucket; they add up to `mycase_total`" }),
    gone: z
      .object({ deleted: int("Deleted in MyCase"), not_visible: int("No longer visible to the connection") })
      .openapi({ description: "Stored cases that are no longer visible" }),
    unconfirmed: int("Stored cases that MyCase no longer counts, until each has been read again"),
    asked_mycase: flag("Whether MyCase was asked for its total"),
    checked_at: instant("When this was counted"),
  })
  .openapi("Coverage");
