import type { ConnectionCounts } from "./counters.ts";
import type { ConnectionCause, ConnectionState } from "./types.ts";

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
  cause: ConnectionCause | null;
  since: number;
  why: string | null;
}

/** A grant that has been asked for and not yet been given. */
export interface PendingGrant {
  nonceHash: string;
  redirectUri: string;
  /** Hash of the secret that the browser which began was given; null when it was begun over the API. */
  browserHash: string | null;
  expiresAt: number;
}

const TICKET_BLOCK = 1000; // reserved ahead, so that a number is never handed out twice after an eviction

/** What the Durable Object remembers across evictions: synchronous, typed, nothing else. */
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

  /** Whether a person has granted access since the cases visible were last as many as expected. */
  get freshGrant(): boolean {
    return this.kv.get<boolean>("trusted") ?? false;
  }

  set freshGrant(trusted: boolean) {
    if (trusted !== this.freshGrant) this.kv.put("trusted", trusted);
  }

  /** How many cases MyCase counted when that was last believable. */
  get casesSeen(): number | null {
    return this.kv.get<number>("cases_seen") ?? null;
  }

  set casesSeen(cases: number) {
    if (cases !== this.casesSeen) this.kv.put("cases_seen", cases);
  }

  /** The sealed refresh token that was sent and not answered: it may be spent. */
  get unansweredRefresh(): string | null {
    return this.kv.get<string>("unanswered_refresh") ?? null;
  }

  set unansweredRefresh(refresh: string | null) {
    if (refresh === null) this.kv.delete("unanswered_refresh");
    else this.kv.put("unanswered_refresh", refresh);
  }

  get counts(): Partial<ConnectionCounts> {
    return this.kv.get<Partial<ConnectionCounts>>("counts") ?? {};
  }

  set counts(counts: ConnectionCounts) {
    this.kv.put("counts", counts);
  }

  /** Everything but the numbers of reads, which never begin anew. */
  erase(): void {
    for (const [name] of [...this.kv.list()]) if (name !== "tickets_reserved_to") this.kv.delete(name);
  }

  get pending(): PendingGrant | null {
    return this.kv.get<PendingGrant>("pending_grant") ?? null;
  }

  set pending(pending: PendingGrant | null) {
    if (pending) this.kv.put("pending_grant", pending);
    else this.kv.delete("pending_grant");
  }
}
