import { z } from "zod";
import { RECORD_MODELS } from "./resources.ts";
import { RUN_KINDS } from "./run.ts";

/** Why work is done; stands in the ledger beside every change. */
const triggers = [
  "webhook",
  "manual",
  "poll",
  "nightly",
  "backfill",
  "team",
  "mapping",
  "pin",
  "override",
  "replay",
] as const;

export type Trigger = (typeof triggers)[number];

const recordMessage = z.object({
  kind: z.literal("record"),
  org: z.string(),
  model: z.enum(RECORD_MODELS),
  id: z.number().int().positive(),
  trigger: z.enum(triggers),
  /** What the webhook said had happened; a hint for the counters, never acted on. */
  action: z.string().nullable(),
  /** When the event came in, ISO 8601 UTC: a read of the record that began after it has answered it. */
  received_at: z.string().optional(),
  job: z.string(),
});

const runMessage = z.object({ kind: z.literal("run"), org: z.string(), run: z.string(), step: z.number().int() });

/** A run that cron found due. It is started from the queue: a tick then costs the same for a thousand firms as for one. */
const startMessage = z.object({ kind: z.literal("start"), org: z.string(), run: z.enum(RUN_KINDS) });

/** A delivery of a kind or action that is unknown here: counted, so that it can be seen. */
const unrecognisedMessage = z.object({
  kind: z.literal("unrecognised"),
  org: z.string(),
  model: z.string(),
  action: z.string(),
});

const subscribeMessage = z.object({ kind: z.literal("subscribe"), org: z.string() });

/** One unit of work, as it stands in the queue: a hint of what to look at, never data. */
export const queueMessage = z.discriminatedUnion("kind", [
  recordMessage,
  runMessage,
  startMessage,
  unrecognisedMessage,
  subscribeMessage,
]);

export type QueueMessage = z.output<typeof queueMessage>;
export type RecordMessage = z.output<typeof recordMessage>;
export type RunMessage = z.output<typeof runMessage>;
export type StartMessage = z.output<typeof startMessage>;
