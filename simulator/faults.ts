import { createRandom } from "./data/random.ts";
import { FaultRules } from "./fault-rules.ts";
import type { Tokens } from "./oauth/tokens.ts";

/** How webhooks leave: shares in [0, 1]. */
export interface WebhookFaults {
  drop: number;
  double: number;
  forge: number;
  reorder: boolean;
  delayMs: number;
}

export type LostPermission = "forbidden" | "narrowed" | null;

const FAITHFUL: WebhookFaults = { drop: 0, double: 0, forge: 0, reorder: false, delayMs: 0 };

/** Every fault that can be injected: rules for single requests, and switches. */
export class Faults extends FaultRules {
  webhooks: WebhookFaults = { ...FAITHFUL };
  maintenance = false;
  shuffleArrays = false;
  lostPermission: LostPermission = null;
  /** Listings end after their first page, though `Item-Count` says more. */
  truncateListings = false;
  /** No page holds more records than this, whatever was asked for: small firms have several pages too. */
  largestPage: number;
  /** Every page begins with the last record of the page before it. */
  duplicateAcrossPages = false;
  /** The next so many refreshes are done, and their answers lost. */
  loseRefreshAnswers = 0;
  /** Cases answered with this status, and absent from listings. */
  readonly hiddenCases = new Map<number, 403 | 404>();
  /** Page links of an earlier epoch have expired. */
  linkEpoch = 0;
  private readonly random = createRandom(99);
  private readonly tokens: Tokens;
  private readonly usualPage: number;

  /** `usualPage`: the default largest page. */
  constructor(tokens: Tokens, usualPage: number) {
    super();
    this.tokens = tokens;
    this.usualPage = usualPage;
    this.largestPage = usualPage;
  }

  /** Ends every fault; revoked tokens stay revoked. */
  override clear(): void {
    super.clear();
    this.webhooks = { ...FAITHFUL };
    this.maintenance = false;
    this.shuffleArrays = false;
    this.lostPermission = null;
    this.truncateListings = false;
    this.largestPage = this.usualPage;
    this.duplicateAcrossPages = false;
    this.loseRefreshAnswers = 0;
    this.hiddenCases.clear();
  }

  /** Makes every page link given so far an expired one. */
  expirePageLinks(): void {
    this.linkEpoch += 1;
  }

  revokeAccessTokens(): void {
    this.tokens.revokeAccessTokens();
  }

  revokeRefreshTokens(): void {
    this.tokens.revokeRefreshTokens();
  }

  /** The next refreshes rotate the token, and are answered 502. */
  loseRefreshAnswer(times = 1): void {
    this.loseRefreshAnswers = times;
  }

  losePermission(how: LostPermission): void {
    this.lostPermission = how;
  }

  /** The case leaves the listings, and is answered with this status by id; null shows it again. */
  hideCase(id: number, status: 403 | 404 | null): void {
    if (status === null) this.hiddenCases.delete(id);
    else this.hiddenCases.set(id, status);
  }

  chance(share: number): boolean {
    return this.random.chance(share);
  }

  shuffled<T>(items: readonly T[]): T[] {
    const keyed = items.map((item) => ({ item, key: this.random.next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }

  override describe(): Record<string, unknown> {
    const { webhooks, maintenance, shuffleArrays, lostPermission, truncateListings, duplicateAcrossPages } = this;
    return {
      ...super.describe(),
      webhooks,
      maintenance,
      shuffleArrays,
      lostPermission,
      truncateListings,
      duplicateAcrossPages,
      loseRefreshAnswers: this.loseRefreshAnswers,
      hiddenCases: Object.fromEntries(this.hiddenCases),
    };
  }

  get dropWebhooks(): number {
    return this.webhooks.drop;
  }
  /** A share in [0, 1]; true is all of them. */
  set dropWebhooks(share: number | boolean) {
    this.webhooks.drop = Number(share);
  }
  get doubleWebhooks(): number {
    return this.webhooks.double;
  }
  set doubleWebhooks(share: number | boolean) {
    this.webhooks.double = Number(share);
  }
  get forgedWebhooks(): number {
    return this.webhooks.forge;
  }
  set forgedWebhooks(share: number | boolean) {
    this.webhooks.forge = Number(share);
  }
  get webhookDelayMs(): number {
    return this.webhooks.delayMs;
  }
  set webhookDelayMs(ms: number) {
    this.webhooks.delayMs = ms;
  }
  get reorderWebhooks(): boolean {
    return this.webhooks.reorder;
  }
  set reorderWebhooks(reorder: boolean) {
    this.webhooks.reorder = reorder;
  }
}
