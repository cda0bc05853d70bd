import { z } from "@hono/zod-openapi";
import { instant, nullableText } from "./common.ts";

const value = z.union([z.string(), z.number(), z.boolean()]).nullable();
const nearMiss = z.object({ expected: z.string(), difference: z.string() }).nullable();
const personAnswer = z.looseObject({ code: z.string(), near_miss: nearMiss, fix: nullableText });

export const explanationSchema = z
  .object({
    case_id: z.int(),
    name: nullableText,
    bucket: z.string(),
    code: z.string().openapi({ description: "Of the gate that decided; `ok` for a live project" }),
    gates: z.array(
      z.object({
        gate: z.string(),
        passed: z.boolean(),
        code: z.string(),
        field: z.looseObject({}).nullable(),
        value,
        expected: z.array(value),
        near_miss: nearMiss,
        fix: nullableText,
      }),
    ),
    main_contact: z.object({ client_id: z.int().nullable(), reason: z.string() }),
    contacts: z.array(personAnswer),
    team: z.array(personAnswer),
    staff: z.looseObject({ code: z.string() }).nullable(),
    warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
    mapping_version: z.int().nullable(),
    read_at: instant.nullable(),
    other_case_ids: z.array(z.int()).optional(),
  })
  .openapi("Explanation");

export const fieldsSchema = z
  .object({
    data: z.array(
      z.object({
        field: z.looseObject({}),
        name: z.string(),
        type: z.string(),
        used_for: z.array(z.string()),
        values: z.array(
          z.object({
            value,
            count: z.int(),
            sample_cases: z.array(z.int()),
            mapped: z.array(z.string()),
            near_miss: nearMiss,
          }),
        ),
        vanished: z.array(
          z.object({
            value: z.string(),
            mapped: z.array(z.string()),
            probable_rename: z.object({ to: z.string(), cases: z.int(), fix: z.string() }).nullable(),
          }),
        ),
      }),
    ),
  })
  .openapi("Fields");

const bucket = z.int();

export const coverageSchema = z
  .object({
    mycase_total: z.int(),
    buckets: z.object({
      project: bucket,
      lead: bucket,
      disabled: bucket,
      type_unmapped: bucket,
      failed: bucket,
      pending: bucket,
    }),
    gone: z.object({ deleted: z.int(), not_visible: z.int() }),
    unconfirmed: z.int().openapi({ description: "Here, and no longer counted by MyCase" }),
    asked_mycase: z.boolean(),
    checked_at: instant,
  })
  .openapi("Coverage");
