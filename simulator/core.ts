import { Faults } from "./faults.ts";
import { Tokens } from "./oauth/tokens.ts";
import type { AnyRecord, CollectionName, Collections } from "./records.ts";
import { RequestLog } from "./request-log.ts";

/** What all parts of the simulator share. */
export class SimulatorCore {
  firm: Collections;
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly tokens: Tokens;
  readonly now: () => number;
  /** Page links of an earlier epoch have expired. */
  linkEpoch = 0;
  private orders = new Map<CollectionName, AnyRecord[]>();

  constructor(firm: Collections, now: () => number) {
    this.firm = firm;
    this.now = now;
    this.tokens = new Tokens(now);
  }

  /** A collection's records by ascending id. */
  ordered(collection: CollectionName): AnyRecord[] {
    const known = this.orders.get(collection);
    if (known) return known;
    const order = [...(this.firm[collection] as Map<number, AnyRecord>).values()].sort((a, b) => a.id - b.id);
    this.orders.set(collection, order);
    return order;
  }

  /** To be called whenever a record is added, replaced or removed. */
  touched(collection: CollectionName): void {
    this.orders.delete(collection);
  }
}
