import type { ConfigStore } from "../db/stores/config-store.ts";
import type { DeadLetterStore } from "../db/stores/dead-letter-store.ts";
import type { HeldCaseStore } from "../db/stores/held-case-store.ts";
import type { ListingTroubleStore } from "../db/stores/listing-trouble-store.ts";
import type { OrgSyncStore } from "../db/stores/org-sync-store.ts";
import type { PollCursorStore } from "../db/stores/poll-cursor-store.ts";
import type { PurgeStore } from "../db/stores/purge-store.ts";
import type { RecordFailureStore } from "../db/stores/record-failure-store.ts";
import type { ResyncStore } from "../db/stores/resync-store.ts";
import type { Retention } from "../db/stores/retention.ts";
import type { RunPageStore } from "../db/stores/run-page-store.ts";
import type { RunStore } from "../db/stores/run-store.ts";
import type { ScanStore } from "../db/stores/scan-store.ts";
import type { SubscriptionStore } from "../db/stores/subscription-store.ts";
import type { SyncStore } from "../db/stores/sync-store.ts";
import type { WebhookStatsStore } from "../db/stores/webhook-stats-store.ts";
import type { QueueMessage } from "../domain/queue-message.ts";
import type { MyCase } from "../mycase/client/client.ts";
import type { Connection, Lane } from "../mycase/connection/types.ts";
import type { Gate } from "../platform/concurrency.ts";
import type { Measure } from "../platform/measure.ts";
import type { SecretSigner } from "../platform/signed-secret.ts";
import type { Vault } from "../platform/vault.ts";
import type { RecentReads } from "./records/recent-reads.ts";

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
  recordFailures: RecordFailureStore;
  listingTroubles: ListingTroubleStore;
  resyncs: ResyncStore;
  runs: RunStore;
  runPages: RunPageStore;
  heldCases: HeldCaseStore;
  purges: PurgeStore;
  cursors: PollCursorStore;
  scans: ScanStore;
  orgs: OrgSyncStore;
  deadLetters: DeadLetterStore;
  subscriptions: SubscriptionStore;
  webhookStats: WebhookStatsStore;
  retention: Retention;
  /** In bytes. */
  databaseSize(): Promise<number>;
  recentReads: RecentReads;
  vault: Vault;
  /** Makes the secrets in webhook addresses. */
  webhookKeys: SecretSigner;
  /** Where MyCase finds this product, if that is configured. */
  publicUrl: string | null;
  connection(org: string): Connection;
  /** Requests pass the `gate`, if one is given. */
  mycase(org: string, lane: Lane, gate?: Gate): MyCase;
  /** Resolves once the messages are durably queued, each in its lane; `delay` gives for each the seconds it rests first. */
  enqueue(messages: QueueMessage[], delay?: (index: number) => number): Promise<void>;
  /** What waits in the queues; nothing where the platform does not say. */
  backlog(): Promise<Backlog[]>;
  measure: Measure;
  now(): Date;
}
