import { createRandom } from "./data/random.ts";

/** One rule of misbehaviour for requests whose path matches. */
export interface FaultRule {
  method?: string;
  /** A regular expression, or its source, matched against the path. */
  path: RegExp | string;
  /** Answer with this status instead. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Let so many matching requests pass first. */
  after?: number;
  /** Then misbehave so many times; without it, until removed. */
  times?: number;
  latencyMs?: number;
  /** Break the true answer off in the middle. */
  cutOff?: boolean;
}

interface ActiveRule extends FaultRule {
  id: number;
  pattern: RegExp;
  seen: number;
}

/** How webhooks leave: shares in [0, 1]. */
export interface WebhookFaults {
  drop: number;
  double: number;
  forge: number;
  reorder: boolean;
  lateMs: number;
}

export type LostPermission = "forbidden" | "narrowed" | null;

/** Everything that MyCase can be made to do wrong. */
export class Faults {
  private rules: ActiveRule[] = [];
  private nextId = 1;
  private readonly random = createRandom(99);
  webhooks: WebhookFaults = { drop: 0, double: 0, forge: 0, reorder: false, lateMs: 0 };
  maintenance = false;
  shuffleArrays = false;
  lostPermission: LostPermission = null;
  /** Listings end after their first page, though `Item-Count` says more. */
  truncateListings = false;
  /** The next so many refreshes are done, and their answers lost. */
  loseRefreshAnswers = 0;
  /** Cases answered with this status, and absent from listings. */
  readonly hiddenCases = new Map<number, 403 | 404>();

  add(rule: FaultRule): number {
    const id = this.nextId++;
    this.rules.push({ ...rule, id, pattern: new RegExp(rule.path), seen: 0 });
    return id;
  }

  remove(id: number): void {
    this.rules = this.rules.filter((rule) => rule.id !== id);
  }

  clear(): void {
    this.rules = [];
    this.webhooks = { drop: 0, double: 0, forge: 0, reorder: false, lateMs: 0 };
    this.maintenance = false;
    this.shuffleArrays = false;
    this.lostPermission = null;
    this.truncateListings = false;
    this.loseRefreshAnswers = 0;
    this.hiddenCases.clear();
  }

  /** The first rule that strikes this request; counts it for every rule that matches. */
  strike(method: string, path: string): FaultRule | null {
    let struck: FaultRule | null = null;
    for (const rule of this.rules) {
      if ((rule.method !== undefined && rule.method !== method) || !rule.pattern.test(path)) continue;
      rule.seen += 1;
      const turn = rule.seen - (rule.after ?? 0);
      if (struck === null && turn > 0 && turn <= (rule.times ?? Number.POSITIVE_INFINITY)) struck = rule;
    }
    return struck;
  }

  chance(share: number): boolean {
    return this.random.chance(share);
  }

  shuffled<T>(items: readonly T[]): T[] {
    const keyed = items.map((item) => ({ item, key: this.random.next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }

  describe(): Record<string, unknown> {
    const { webhooks, maintenance, shuffleArrays, lostPermission, truncateListings, loseRefreshAnswers } = this;
    return {
      rules: this.rules.map(({ pattern, path: _, ...rule }) => ({ ...rule, path: pattern.source })),
      webhooks,
      maintenance,
      shuffleArrays,
      lostPermission,
      truncateListings,
      loseRefreshAnswers,
      hiddenCases: Object.fromEntries(this.hiddenCases),
    };
  }
}
