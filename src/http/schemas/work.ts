import { z } from "@hono/zod-openapi";
import { diffSchema, samplesSchema } from "./diff.ts";
import { anything, flag, instant, int, nullableInstant, nullableInt, nullableText, oneOf, text } from "./values.ts";

const fieldChange = z.object({
  entity: text("Kind of the row"),
  id: text("Id of the row"),
  field: text("Name of the field; `*` for a whole row"),
  old: anything("The value before"),
  new: anything("The value now"),
});

const resyncResult = z.object({
  outcome: text("`changed`, `unchanged`, or the code of the gate that stopped the case"),
  changes: z.array(fieldChange).openapi({ description: "What changed, field by field" }),
  read_at: instant("When MyCase was read").optional(),
  message: text("The outcome for people").optional(),
});

const failureSchema = z.object({ code: text("Stable"), detail: text("What went wrong, for people") });

export const jobSchema = z
  .object({
    id: text("Id of the job"),
    kind: z.literal("resync").openapi({ description: "Kind of the job" }),
    case_id: int("Id of the case"),
    state: oneOf(["queued", "running", "succeeded", "failed"], "State of the resync"),
    result: resyncResult.nullable().openapi({ description: "The result; null until it has ended" }),
    error: failureSchema.nullable().openapi({ description: "Why it failed; null otherwise" }),
    created_at: instant("When it was requested"),
    finished_at: nullableInstant("When it ended"),
  })
  .openapi("Job");

const RUN_KINDS = ["backfill", "poll", "nightly", "team", "mapping"] as const;
const RUN_STATES = ["queued", "running", "held", "succeeded", "failed", "cancelled"] as const;

export const runSchema = z
  .object({
    id: text("Id of the run"),
    kind: oneOf(RUN_KINDS, "What it lists"),
    trigger: text("Who or what started it"),
    state: oneOf(RUN_STATES, "State of the run; `held`: waits for a decision"),
    progress: z
      .object({ done: int("Records done"), total: nullableInt("Total records; null until known") })
      .openapi({ description: "Progress" }),
    counts: z.record(z.string(), z.number()).openapi({ description: "What it did, by kind" }),
    mycase_requests: int("Requests it sent to MyCase"),
    rows_written: int("Rows it wrote to the mirror, derived and ledger tables"),
    errors: z
      .array(failureSchema.extend({ at: instant("When it happened") }))
      .openapi({ description: "Errors of single records or pages" }),
    reason: z
      .union([z.enum(["blast_guard", "visibility_reduced"]), z.null()])
      .openapi({ description: "Why it was held; null unless it has been" }),
    diff: z.union([diffSchema, z.null()]).openapi({ description: "What it would do, once it has been held" }),
    samples: z.union([samplesSchema, z.null()]).openapi({ description: "The first few of each number in the diff" }),
    duration_ms: nullableInt("Milliseconds from its first step to its end"),
    created_at: instant("When it was created"),
    started_at: nullableInstant("When its first step began"),
    finished_at: nullableInstant("When it ended"),
  })
  .openapi("Run");

const changeSchema = z
  .object({
    seq: int("Number of the entry; rises by one within the org, without gaps"),
    entity: text("Kind of the row"),
    entity_id: text("Id of the row: `17`; `17:4` for links; `lead:9`, `case:9` for leads"),
    field: text("Name of the field; `*` when the whole row appeared or went, with its columns as the value"),
    old_value: anything("The value before"),
    new_value: anything("The value now"),
    trigger: text("What caused it"),
    job_id: nullableText("The job or run that made it"),
    at: instant("When it was committed"),
  })
  .openapi("Change");

export const changePageSchema = z
  .object({
    data: z.array(changeSchema).openapi({ description: "The entries of this page" }),
    next_cursor: text("Send it as `cursor` to go on; also given when there is nothing new"),
    up_to_date: flag("Whether nothing that matches comes after it yet"),
  })
  .openapi("ChangePage");

export const deadLetterSchema = z
  .object({
    id: text("Id of the dead letter"),
    model: nullableText("Kind of the record"),
    record_id: nullableInt("Id of the record"),
    code: text("Why it could not be processed; stable"),
    detail: text("The same, in words"),
    attempts: int("How often it was tried"),
    message: anything("The message as it was queued"),
    created_at: instant("When processing was given up"),
    closed_at: nullableInstant("When it was resolved"),
    closed_by: nullableText("What resolved it"),
  })
  .openapi("DeadLetter");

export const replayedSchema = z.object({ replayed: int("Messages queued again") }).openapi("Replayed");
