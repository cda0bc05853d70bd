import type { Config } from "../../config.ts";
import type { Env } from "../../env.ts";
import type { Clock } from "../../platform/clock.ts";
import { createVault } from "../../platform/vault.ts";
import { Counters } from "./counters.ts";
import { GrantOffers } from "./grant-offer.ts";
import { Grants } from "./grants.ts";
import { LeasedPermits } from "./leased-permits.ts";
import { overallRateLimiter } from "./overall-rate-limiter.ts";
import { RateLimiter } from "./rate-limiter.ts";
import type { ConnectionStorage } from "./storage.ts";
import { type RefreshReport, TokenRefresher } from "./token-refresher.ts";

/** What a connection's object works with, given a usable configuration. */
export interface ConnectionParts {
  apiUrl: string;
  counters: Counters;
  grants: Grants;
  tokens: TokenRefresher;
  /** The org's own pace. */
  rateLimiter: RateLimiter;
  /** The pace over all orgs; null when only each org's is kept. */
  overall: LeasedPermits | null;
}

interface Surroundings {
  /** Binds what is sealed to this org. */
  id: DurableObjectId;
  env: Env;
  storage: ConnectionStorage;
  clock: Clock;
  onRefresh: (report: RefreshReport) => Promise<void>;
}

export function createParts(config: Config, { id, env, storage, clock, onRefresh }: Surroundings): ConnectionParts {
  const settings = {
    authUrl: config.mycaseAuthUrl,
    clientId: config.mycaseClientId,
    clientSecret: config.mycaseClientSecret,
  };
  const vault = createVault(config.encryptionKey, config.previousEncryptionKeys);
  const counters = new Counters(storage, clock);
  const offers = new GrantOffers(vault, `offer:${id}`, clock);
  return {
    apiUrl: config.mycaseApiUrl,
    counters,
    grants: new Grants({ storage, settings, offers, clock }),
    tokens: new TokenRefresher({ storage, counters, settings, vault, context: `tokens:${id}`, clock, onRefresh }),
    rateLimiter: new RateLimiter(config.mycaseRequestsPerSecond, clock),
    overall: config.mycaseRequestsPerSecondOverall === null ? null : new LeasedPermits(() => overallRateLimiter(env)),
  };
}
