import type { Leases } from "./mycase/connection/leased-permits.ts";
import type { Connection } from "./mycase/connection/types.ts";

/** The bindings and variables the Worker is deployed with, unchecked; `config.ts` reads them. */
export interface Env {
  DB: D1Database;
  LIVE_QUEUE: Queue<unknown>;
  BULK_QUEUE: Queue<unknown>;
  DEAD_QUEUE: Queue<unknown>;
  /** Optional: counts failed attempts over all isolates of a location; else each isolate counts its own. */
  ATTEMPT_LIMIT?: RateLimit;
  /** Optional: receives figures of every batch, run step and tick. */
  ANALYTICS?: AnalyticsEngineDataset;
  MYCASE_CONNECTION: DurableObjectNamespace<Connection & Rpc.DurableObjectBranded>;
  /** Needed when MYCASE_REQUESTS_PER_SECOND_OVERALL is set. */
  OVERALL_RATE_LIMITER?: DurableObjectNamespace<Leases & Rpc.DurableObjectBranded>;
  MYCASE_API_URL?: string;
  MYCASE_AUTH_URL?: string;
  MYCASE_REQUESTS_PER_SECOND?: string | number;
  MYCASE_REQUESTS_PER_SECOND_OVERALL?: string | number;
  PUBLIC_URL?: string;
  MYCASE_CLIENT_ID?: string;
  MYCASE_CLIENT_SECRET?: string;
  ADMIN_API_KEY?: string;
  ENCRYPTION_KEY?: string;
  ENCRYPTION_KEY_PREVIOUS?: string;
}
