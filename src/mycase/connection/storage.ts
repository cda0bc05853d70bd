import { INITIAL_STATE, type StateSnapshot } from "./state.ts";
import type { ConnectionCounts } from "./types.ts";

/** The tokens of one connection; `access` and `refresh` are sealed. Times are ms since the epoch. */
export interface StoredTokens {
  access: string;
  refresh: string;
  accessExpiresAt: number;
  refreshExpiresAt: number;
  scope: string | null;
  firmUuid: string | null;
  /** Where MyCase was told to find this product. */
  origin: string | null;
  connectedAt: number;
  lastRefreshAt: number | null;
  refreshes: number;
}

/** A grant that was begun and has not come back yet. */
export interface PendingGrant {
  nonceHash: string;
  redirectUri: string;
  /** Hash of the secret that the beginning browser holds; null when the grant was begun over the API. */
  browserHash: string | null;
  confirm: boolean;
  replaceFirm: boolean;
  expiresAt: number;
}

const TICKET_BLOCK = 1000; // reserved ahead, so that a number is never handed out twice after an eviction

/** The Durable Object's storage, synchronous and typed. */
export class ConnectionStorage {
  private readonly kv: SyncKvStorage;
  private nextTicket: number;
  private reservedTo: number;

  constructor(storage: DurableObjectStorage) {
    this.kv = storage.kv;
    this.reservedTo = this.kv.get<number>("tickets_reserved_to") ?? 0;
    this.nextTicket = this.reservedTo + 1;
  }

  /** A number higher than every one before it. */
  drawTicket(): number {
    if (this.nextTicket > this.reservedTo) {
      this.reservedTo = this.nextTicket + TICKET_BLOCK - 1;
      this.kv.put("tickets_reserved_to", this.reservedTo);
    }
    return this.nextTicket++;
  }

  get tokens(): StoredTokens | null {
    return this.read("tokens");
  }
  set tokens(tokens: StoredTokens | null) {
    this.write("tokens", tokens);
  }

  get state(): StateSnapshot {
    return this.read<StateSnapshot>("state") ?? INITIAL_STATE;
  }
  set state(state: StateSnapshot) {
    this.write("state", state);
  }

  /** Whether a person has granted access since the last accepted case count. */
  get freshGrant(): boolean {
    return this.read("fresh_grant") ?? false;
  }
  set freshGrant(fresh: boolean) {
    if (fresh !== this.freshGrant) this.write("fresh_grant", fresh);
  }

  /** The last accepted number of visible cases. */
  get acceptedCases(): number | null {
    return this.read("accepted_cases");
  }
  set acceptedCases(cases: number) {
    if (cases !== this.acceptedCases) this.write("accepted_cases", cases);
  }

  /** The sealed refresh token that was sent and not answered: it may be used up. */
  get unansweredRefresh(): string | null {
    return this.read("unanswered_refresh");
  }
  set unansweredRefresh(sealed: string | null) {
    this.write("unanswered_refresh", sealed);
  }

  get pendingGrant(): PendingGrant | null {
    return this.read("pending_grant");
  }
  set pendingGrant(grant: PendingGrant | null) {
    this.write("pending_grant", grant);
  }

  /** The id of the offer that may be accepted. */
  get openOffer(): string | null {
    return this.read("open_offer");
  }
  set openOffer(id: string | null) {
    this.write("open_offer", id);
  }

  get counts(): Partial<ConnectionCounts> {
    return this.read<Partial<ConnectionCounts>>("counts") ?? {};
  }
  set counts(counts: ConnectionCounts) {
    this.write("counts", counts);
  }

  /** Deletes everything but the ticket counter, which never restarts. */
  erase(): void {
    for (const [name] of [...this.kv.list()]) if (name !== "tickets_reserved_to") this.kv.delete(name);
  }

  private read<T>(name: string): T | null {
    return this.kv.get<T>(name) ?? null;
  }

  private write(name: string, value: unknown): void {
    if (value === null) this.kv.delete(name);
    else this.kv.put(name, value);
  }
}
