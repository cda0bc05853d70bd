import type { ConnectionState } from "./types.ts";

/** The tokens of one connection; the texts are sealed. Times are ms since the epoch. */
export interface StoredTokens {
  access: string;
  refresh: string;
  accessExpiresAt: number;
  refreshExpiresAt: number;
  scope: string | null;
  firmUuid: string | null;
  connectedAt: number;
  lastRefreshAt: number | null;
  refreshes: number;
}

export interface StoredState {
  state: ConnectionState;
  since: number;
  why: string | null;
}

/** A grant that has been asked for and not yet been given. */
export interface PendingGrant {
  nonceHash: string;
  redirectUri: string;
  expiresAt: number;
}

const TICKET_BLOCK = 1000; // reserved ahead, so that a number is never handed out twice after an eviction

/** What the Durable Object remembers across evictions: synchronous, typed, nothing else. */
export class ConnectionMemory {
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
    return this.kv.get<StoredTokens>("tokens") ?? null;
  }

  set tokens(tokens: StoredTokens | null) {
    if (tokens) this.kv.put("tokens", tokens);
    else this.kv.delete("tokens");
  }

  get state(): StoredState | null {
    return this.kv.get<StoredState>("state") ?? null;
  }

  set state(state: StoredState) {
    this.kv.put("state", state);
  }

  get pending(): PendingGrant | null {
    return this.kv.get<PendingGrant>("pending_grant") ?? null;
  }

  set pending(pending: PendingGrant | null) {
    if (pending) this.kv.put("pending_grant", pending);
    else this.kv.delete("pending_grant");
  }
}
