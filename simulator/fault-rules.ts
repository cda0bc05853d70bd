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
  /** Answer 200 with a page of HTML, as a proxy in between may. */
  malformed?: boolean;
}

interface ActiveRule extends FaultRule {
  id: number;
  pattern: RegExp;
  seen: number;
}

/** Faults injected into single requests. */
export class FaultRules {
  private rules: ActiveRule[] = [];
  private nextId = 1;

  /** The rule's id, to remove it by. */
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
  }

  /** The first rule that applies to this request; every rule that matches counts it. */
  ruleFor(method: string, path: string): FaultRule | null {
    let injected: FaultRule | null = null;
    for (const rule of this.rules) {
      if ((rule.method !== undefined && rule.method !== method) || !rule.pattern.test(path)) continue;
      rule.seen += 1;
      const nth = rule.seen - (rule.after ?? 0);
      if (injected === null && nth > 0 && nth <= (rule.times ?? Number.POSITIVE_INFINITY)) injected = rule;
    }
    return injected;
  }

  describe(): Record<string, unknown> {
    return { rules: this.rules.map(({ pattern, path: _, ...rule }) => ({ ...rule, path: pattern.source })) };
  }
}
