import type { ConfigStore } from "../db/stores/config-store.ts";
import type { DeadLetterStore } from "../db/stores/dead-letter-store.ts";
import type { JobStore } from "../db/stores/job-store.ts";
import type { OrgSyncStore } from "../db/stores/org-sync-store.ts";
import type { PollCursorStore } from "../db/stores/poll-cursor-store.ts";
import type { Retention } from "../db/stores/retention.ts";
import type { RunStore } from "../db/stores/run-store.ts";
import type { SubscriptionStore } from "../db/stores/subscription-store.ts";
import type { SyncStore } from "../db/stores/sync-store.ts";
import type { WalkStore } from "../db/stores/walk-store.ts";
import type { WebhookMeter } from "../db/stores/webhook-meter-store.ts";
import type { SyncJob } from "../domain/job.ts";
import type { MyCase } from "../mycase/client.ts";
import type { Connection, Lane } from "../mycase/connection/types.ts";
import type { Measure } from "../platform/measure.ts";
import type { Vault } from "../platform/vault.ts";
import type { RecentReads } from "./recent-reads.ts";

/** What waits in a queue, as far as Cloudflare tells. */
export interface Backlog {
  queue: Lane;
  messages: number;
  /** ISO 8601 UTC. */
  oldest_at: string | null;
}

/** What the verbs of this room work with; wired in `services.ts`. */
export interface SyncContext {
  store: SyncStore;
  configs: ConfigStore;
  jobs: JobStore;
  runs: RunStore;
  cursors: PollCursorStore;
  walks: WalkStore;
  orgs: OrgSyncStore;
  deadLetters: DeadLetterStore;
  subscriptions: SubscriptionStore;
  meter: WebhookMeter;
  retention: Retention;
  recentReads: RecentReads;
  vault: Vault;
  /** Where MyCase finds this product, if that is configured. */
  publicUrl: string | null;
  connection(org: string): Connection;
  mycase(org: string, lane: Lane): MyCase;
  /** Resolves once the jobs are durably queued; `delay` tells for each, in seconds, how long it rests first. */
  enqueue(lane: Lane, jobs: SyncJob[], delay?: (index: number) => number): Promise<void>;
  /** What waits in the queues; nothing where the platform does not say. */
  backlog(): Promise<Backlog[]>;
  measure: Measure;
  now(): Date;
}
