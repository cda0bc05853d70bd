import { z } from "@hono/zod-openapi";
import { instant, nullableText } from "./common.ts";

const change = z.object({ entity: z.string(), id: z.string(), field: z.string(), old: z.unknown(), new: z.unknown() });

export const jobSchema = z
  .object({
    id: z.string(),
    kind: z.literal("resync"),
    case_id: z.int(),
    state: z.enum(["queued", "running", "succeeded", "failed"]),
    result: z
      .object({
        outcome: z
          .string()
          .openapi({ description: "`changed`, `unchanged`, or the code of the gate that stopped the case" }),
        changes: z.array(change),
        read_at: instant.optional(),
        message: z.string().optional(),
      })
      .nullable(),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .openapi("Job");

export const runSchema = z
  .object({
    id: z.string(),
    kind: z.enum(["backfill", "poll", "nightly", "team", "mapping"]),
    trigger: z.string(),
    state: z.enum(["queued", "running", "held", "succeeded", "failed", "cancelled"]),
    progress: z.object({ done: z.int(), total: z.int().nullable() }),
    counts: z.record(z.string(), z.number()),
    mycase_requests: z.int(),
    rows_written: z.int(),
    errors: z.array(z.object({ code: z.string(), detail: z.string(), at: instant })),
    diff: z
      .record(z.string(), z.union([z.number(), z.record(z.string(), z.number())]))
      .nullable()
      .openapi({ description: "What it would do, once it has been held" }),
    samples: z.record(z.string(), z.any()).nullable(),
    duration_ms: z.int().nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .openapi("Run");

export const changeSchema = z
  .object({
    id: z.int(),
    entity: z.string(),
    entity_id: z.string().openapi({ description: "`17`; `17:4` for links; `lead:9`, `case:9` for leads" }),
    field: z
      .string()
      .openapi({ description: "`*` when the whole row appeared or went; its columns are the value then" }),
    old_value: z.unknown(),
    new_value: z.unknown(),
    trigger: z.string(),
    job_id: nullableText,
    at: instant,
  })
  .openapi("Change");

export const deadLetterSchema = z
  .object({
    id: z.string(),
    model: nullableText,
    record_id: z.int().nullable(),
    code: z.string(),
    detail: z.string(),
    attempts: z.int(),
    message: z.unknown(),
    created_at: instant,
    closed_at: instant.nullable(),
    closed_by: nullableText,
  })
  .openapi("DeadLetter");
