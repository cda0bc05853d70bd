import { type Config, type ConfigProblem, readConfig } from "./config.ts";
import { type Database, openDatabase } from "./db/database.ts";
import { createDatabaseSize } from "./db/reads/database-size.ts";
import { type ApiKeyStore, createApiKeyStore } from "./db/stores/api-key-store.ts";
import { createConfigStore } from "./db/stores/config-store.ts";
import { createDeadLetterStore } from "./db/stores/dead-letter-store.ts";
import { createHeldCaseStore } from "./db/stores/held-case-store.ts";
import { createIdempotencyStore, type IdempotencyStore } from "./db/stores/idempotency-store.ts";
import { createListingTroubleStore } from "./db/stores/listing-trouble-store.ts";
import { createMappingStore, type MappingStore } from "./db/stores/mapping-store.ts";
import { createOrgStore, type OrgStore } from "./db/stores/org-store.ts";
import { createOrgSyncStore } from "./db/stores/org-sync-store.ts";
import { createPollCursorStore } from "./db/stores/poll-cursor-store.ts";
import { createPurgeStore } from "./db/stores/purge-store.ts";
import { createRecordFailureStore } from "./db/stores/record-failure-store.ts";
import { createResyncStore } from "./db/stores/resync-store.ts";
import { createRetention } from "./db/stores/retention.ts";
import { createRunPageStore } from "./db/stores/run-page-store.ts";
import { createRunStore } from "./db/stores/run-store.ts";
import { createScanStore } from "./db/stores/scan-store.ts";
import { createSubscriptionStore } from "./db/stores/subscription-store.ts";
import { createSyncStore } from "./db/stores/sync-store.ts";
import { createWebhookStatsStore } from "./db/stores/webhook-stats-store.ts";
import { LANES, type Lane } from "./domain/lane.ts";
import { laneOfMessage, type QueueMessage } from "./domain/queue-message.ts";
import type { Env } from "./env.ts";
import { createMyCase } from "./mycase/client/client.ts";
import type { Connection } from "./mycase/connection/types.ts";
import { createFailedAttemptLimiter, type FailedAttemptLimiter } from "./platform/attempt-limiter.ts";
import { createMeasure } from "./platform/measure.ts";
import { ok, type Result } from "./platform/result.ts";
import { createSecretSigner } from "./platform/signed-secret.ts";
import { createVault } from "./platform/vault.ts";
import type { Backlog, SyncContext } from "./sync/context.ts";
import { recordParsers } from "./sync/record-parsers.ts";
import { createRecentReads } from "./sync/records/recent-reads.ts";
import { createKnownSubscriptions, type KnownSubscriptions } from "./sync/webhooks/known-subscriptions.ts";

/** Everything that a request, a batch or a tick works with. */
export interface Services {
  config: Config;
  db: Database;
  sync: SyncContext;
  knownSubscriptions: KnownSubscriptions;
  orgs: OrgStore;
  apiKeys: ApiKeyStore;
  mappings: MappingStore;
  idempotency: IdempotencyStore;
  failedAttempts: FailedAttemptLimiter;
}

const MAX_SEND_BATCH = 100; // Queues takes no more messages in one call

const created = new WeakMap<object, Result<Services, ConfigProblem[]>>();

/** The services of an environment, created once for an isolate; or every problem of its configuration. */
export function servicesFor(env: Env): Result<Services, ConfigProblem[]> {
  const previous = created.get(env);
  if (previous) return previous;
  const config = readConfig(env);
  const services = config.ok ? ok(createServices(env, config.value)) : config;
  created.set(env, services);
  return services;
}

/** The composition root: the one place that knows which implementation stands behind each port. */
export function createServices(env: Env, config: Config): Services {
  const db = openDatabase(env.DB);
  const now = () => new Date();
  const connection = (org: string): Connection => env.MYCASE_CONNECTION.get(env.MYCASE_CONNECTION.idFromName(org));
  const vault = createVault(config.encryptionKey, config.previousEncryptionKeys);
  const webhookKeys = createSecretSigner("webhook-key", config.encryptionKey, config.previousEncryptionKeys);
  const subscriptions = createSubscriptionStore(db);
  const queues = { live: env.LIVE_QUEUE, bulk: env.BULK_QUEUE };
  return {
    config,
    db,
    orgs: createOrgStore(db),
    apiKeys: createApiKeyStore(db),
    mappings: createMappingStore(db),
    idempotency: createIdempotencyStore(db),
    failedAttempts: createFailedAttemptLimiter(() => Date.now(), env.ATTEMPT_LIMIT),
    knownSubscriptions: createKnownSubscriptions(subscriptions, vault, webhookKeys),
    sync: {
      store: createSyncStore(db, recordParsers),
      configs: createConfigStore(db),
      recordFailures: createRecordFailureStore(db),
      listingTroubles: createListingTroubleStore(db),
      resyncs: createResyncStore(db),
      runs: createRunStore(db),
      runPages: createRunPageStore(db),
      heldCases: createHeldCaseStore(db),
      purges: createPurgeStore(db),
      cursors: createPollCursorStore(db),
      scans: createScanStore(db),
      orgs: createOrgSyncStore(db),
      deadLetters: createDeadLetterStore(db),
      subscriptions,
      webhookStats: createWebhookStatsStore(db),
      retention: createRetention(db),
      databaseSize: createDatabaseSize(db, now),
      recentReads: createRecentReads(),
      vault,
      webhookKeys,
      publicUrl: config.publicUrl,
      connection,
      mycase: (org, lane, gate = (work) => work()) =>
        createMyCase({ apiUrl: config.mycaseApiUrl, connection: connection(org), lane, now, gate }),
      enqueue: (messages, delay = () => 0) => enqueue(queues, messages, delay),
      backlog: () => backlogOf(queues),
      measure: createMeasure(env.ANALYTICS),
      now,
    },
  };
}

async function enqueue(
  queues: Record<Lane, Queue<unknown>>,
  messages: QueueMessage[],
  delay: (index: number) => number,
): Promise<void> {
  const sends = messages.map((body, index) => ({ body, delaySeconds: delay(index) }));
  for (const lane of LANES) {
    const inLane = sends.filter(({ body }) => laneOfMessage(body) === lane);
    for (let start = 0; start < inLane.length; start += MAX_SEND_BATCH) {
      await queues[lane].sendBatch(inLane.slice(start, start + MAX_SEND_BATCH));
    }
  }
}

/** Figures for people: that the platform does not give them fails nothing. */
async function backlogOf(queues: Record<Lane, Queue<unknown>>): Promise<Backlog[]> {
  const asked = LANES.map(async (queue) => {
    const { backlogCount, oldestMessageTimestamp } = await queues[queue].metrics();
    return { queue, messages: backlogCount, oldest_at: oldestMessageTimestamp?.toISOString() ?? null };
  });
  const answers = await Promise.allSettled(asked);
  return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
}
