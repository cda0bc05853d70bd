/** What went wrong on purpose, by kind; a run of the suite must have injected each of them. */
const FAULTS = [
  "webhook dropped",
  "webhook doubled",
  "webhook late",
  "webhook reordered",
  "webhook forged",
  "webhook for an unknown id",
  "answer 429 with Retry-After",
  "answer 429 without Retry-After",
  "answer 500",
  "answer 503",
  "answer slow",
  "answer cut off",
  "answer malformed",
  "answer of another shape",
  "arrays shuffled",
  "listing truncated",
  "listing empty",
  "page link expired",
  "case out of sight",
  "access token refused",
  "refresh answered 5xx",
  "refresh answer lost",
  "message redelivered after its ack",
  "batches overlapping",
  "queue refusing",
  "queue refusing after all",
  "database failing before",
  "database failing after",
  "database slow",
  "object failing",
  "worker killed",
] as const;

export type Fault = (typeof FAULTS)[number];

/** The closing figures. */
export class Tally {
  schedules = 0;
  operations = 0;
  readonly byOperation = new Map<string, number>();
  readonly faults = new Map<Fault, number>(FAULTS.map((fault) => [fault, 0]));

  injected(fault: Fault): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }

  did(operation: string): void {
    this.operations += 1;
    this.byOperation.set(operation, (this.byOperation.get(operation) ?? 0) + 1);
  }

  get neverInjected(): Fault[] {
    return FAULTS.filter((fault) => this.faults.get(fault) === 0);
  }

  /** The divergences are none: the first one ends the suite. */
  report(seconds: number): string {
    const injected = [...this.faults.values()].reduce((sum, count) => sum + count, 0);
    const lines = [
      `schedules ${this.schedules}, operations ${this.operations}, faults ${injected}, divergences 0, ${seconds.toFixed(0)} s`,
      ...[...this.faults].map(([fault, count]) => `  ${String(count).padStart(6)}  ${fault}`),
    ];
    return lines.join("\n");
  }
}
