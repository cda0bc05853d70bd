import { timestamp } from "./data/make-firm.ts";
import { Faults } from "./faults.ts";
import { Tokens } from "./oauth/tokens.ts";
import type { AnyRecord, CollectionName, Collections } from "./records.ts";
import { RequestLog } from "./request-log.ts";

export interface CoreOptions {
  now: () => number;
  /** Whether values of list fields are sent as the option's text or its key; MyCase does not say. */
  listValue: "option" | "key";
  timestamps: "seconds" | "milliseconds";
  largestPage: number;
}

/** What all parts of the simulator share. */
export class SimulatorCore {
  firm: Collections;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly log = new RequestLog();
  readonly now: () => number;
  listValue: CoreOptions["listValue"];
  timestamps: CoreOptions["timestamps"];
  /** Rises with every change of what a snapshot holds. */
  revision = 0;
  private orders = new Map<CollectionName, AnyRecord[]>();

  constructor(firm: Collections, options: CoreOptions) {
    this.firm = firm;
    this.now = options.now;
    this.listValue = options.listValue;
    this.timestamps = options.timestamps;
    this.tokens = new Tokens(options.now, () => this.changed());
    this.faults = new Faults(this.tokens, options.largestPage);
  }

  /** The present, as records are dated. */
  stamp(): string {
    return this.timestamps === "seconds" ? timestamp(this.now()) : new Date(this.now()).toISOString();
  }

  /** A collection's records by ascending id. */
  ordered(collection: CollectionName): AnyRecord[] {
    const known = this.orders.get(collection);
    if (known) return known;
    const order = [...(this.firm[collection] as Map<number, AnyRecord>).values()].sort((a, b) => a.id - b.id);
    this.orders.set(collection, order);
    return order;
  }

  /** To be called for a new record; one with the highest id so far costs no sorting. */
  added(collection: CollectionName, record: AnyRecord): void {
    const order = this.orders.get(collection);
    if (order && (order.at(-1)?.id ?? 0) < record.id) order.push(record);
    else this.orders.delete(collection);
    this.changed();
  }

  /** To be called whenever a record is replaced or removed. */
  touched(collection: CollectionName): void {
    this.orders.delete(collection);
    this.changed();
  }

  /** To be called whenever anything else changes that a snapshot holds. */
  changed(): void {
    this.revision += 1;
  }
}
