import { z } from "zod";
import { LANES, type Lane } from "./lane.ts";
import { RECORD_MODELS } from "./resources.ts";
import { RUN_KIND_NAMES } from "./run-kinds.ts";

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
  /** What the webhook said had happened; only a hint. Null for what is no webhook. */
  action: z.string().nullable(),
  /** False when the webhook named an action that nobody subscribed to. */
  recognised: z.boolean().optional(),
  /** When the event came in, ISO 8601 UTC: a read of the record that began later covers it. */
  received_at: z.string().optional(),
  /** How often the record has been read again because it still showed after its `deleted` event. */
  deletion_rechecks: z.number().int().optional(),
  job: z.string(),
});

/** The next step of a run. Without a lane (as older versions wrote it) it is bulk work. */
const runMessage = z.object({
  kind: z.literal("run"),
  org: z.string(),
  run: z.string(),
  step: z.number().int(),
  lane: z.enum(LANES).default("bulk"),
});

/** A run that cron found due. Starting it from the queue makes a tick cost the same for any number of orgs. */
const startMessage = z.object({ kind: z.literal("start"), org: z.string(), run: z.enum(RUN_KIND_NAMES) });

/** A webhook about a kind of record that is not synced: it is only counted. */
const unrecognisedMessage = z.object({
  kind: z.literal("unrecognised"),
  org: z.string(),
  model: z.string(),
  action: z.string(),
});

const subscribeMessage = z.object({ kind: z.literal("subscribe"), org: z.string() });

/** One unit of work in a queue: a hint of what to look at, never data. */
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

const address = z.object({
  org: z.string().catch(""),
  kind: z.string().nullable().catch(null),
  model: z.string().nullable().catch(null),
  id: z.number().int().positive().nullable().catch(null),
});

/** Whom and what a message is about, as far as it can be read: also of one that another version wrote. */
export function addressOf(body: unknown): z.output<typeof address> {
  return address.catch({ org: "", kind: null, model: null, id: null }).parse(body);
}

/** The lane of each kind of message: steps of long runs are bulk, everything else is live. */
export function laneOfMessage(message: QueueMessage): Lane {
  switch (message.kind) {
    case "run":
      return message.lane;
    case "record":
    case "start":
    case "subscribe":
    case "unrecognised":
      return "live";
  }
}
