import type { ConnectionCause, ConnectionState } from "../../domain/connection-state.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Lane } from "../../domain/lane.ts";
import type { Result } from "../../platform/result.ts";
import type { FirmAnswer } from "./firm.ts";

/** Live work goes before bulk work whenever both wait for the rate limit. */
export type { Lane };

/** Permission to send one request: the token to send, and the ticket that orders its read. */
export interface Permit {
  token: string;
  ticket: number;
}

/** How MyCase answered a request, as reported by the caller. */
export type RequestOutcome =
  /** `listing`: it was an essential one. */
  | { kind: "answered"; listing: boolean }
  | { kind: "throttled"; retry_after: number | null }
  | { kind: "forbidden" }
  | { kind: "unavailable"; detail: string; listing: boolean };

/** Requests to MyCase and token refreshes so far, by how they went. */
export type ConnectionCounts = Record<
  "requests" | "throttled" | "unavailable" | "forbidden" | "unauthorized" | "refreshes" | "refreshes_failed",
  number
>;

export interface ConnectionStatus {
  state: ConnectionState;
  /** ISO 8601 UTC. */
  since: string | null;
  cause: ConnectionCause | null;
  why: string | null;
  firm_uuid: string | null;
  /** Where MyCase was told to find this product. */
  origin: string | null;
  scope: string | null;
  connected_at: string | null;
  token_expires_at: string | null;
  refresh_expires_at: string | null;
  last_refresh_at: string | null;
  refreshes: number;
  /** Requests to MyCase so far, and how they went. */
  counts: ConnectionCounts;
}

/** How a grant is begun. */
export interface GrantRequest {
  redirectUri: string;
  orgId: string;
  /** A secret that only the beginning browser holds; null when the grant is begun over the API. */
  browser: string | null;
  /** Whether somebody of the org has to confirm the firm before anything is stored. */
  confirm: boolean;
  /** Whether another firm than before may be connected. */
  replaceFirm: boolean;
}

export interface OfferTerms {
  /** As the token answer says; null when it does not. */
  firmUuid: string | null;
  origin: string;
  replaceFirm: boolean;
}

export interface Redeemed extends OfferTerms {
  offer: string;
  confirm: boolean;
}

/** The connection of one org to MyCase: tokens, rate limit, tickets. Implemented by the Durable Object. */
export interface Connection {
  /** Waits for the rate limit; `observe` says whether the caller should report a plain answer too. */
  permit(lane: Lane): Promise<Result<Permit & { observe: boolean }, Failure>>;
  /** A request with `token` was answered 401: refreshes it, unless that was done meanwhile. */
  reportUnauthorized(token: string): Promise<Result<null, Failure>>;
  reportOutcome(outcome: RequestOutcome): Promise<void>;
  /**
   * Whether so many visible cases are plausible beside the last accepted number. `mirrored`: how many are held here and not
   * known to be deleted; only with it is a drop called a lost permission.
   */
  acceptCaseCount(visible: number, mirrored?: number): Promise<boolean>;
  /** A person has judged a count that was not accepted; with `visible`, the firm has so few cases. */
  settleCaseCount(visible: number | null): Promise<void>;
  status(): Promise<ConnectionStatus>;
  /** The address to open in a browser; its `state` may be used once within ten minutes, by that browser if one is named. */
  authorize(request: GrantRequest): Promise<{ authorize_url: string }>;
  /** Trades the code for tokens, which are sealed into an offer; nothing is stored. `browser`: the secret it was begun with. */
  redeem(callback: { code: string; nonce: string; browser: string | null }): Promise<Result<Redeemed, Failure>>;
  /** What an offer is about; null when it is not this org's, was used, or has expired. */
  inspect(offer: string): Promise<OfferTerms | null>;
  /** Asks MyCase which firm the offer's tokens belong to. */
  firmOf(offer: string): Promise<FirmAnswer | null>;
  /** Stores the offer's tokens; refused when it was used, or the connection was removed meanwhile. */
  accept(offer: string, firmUuid: string): Promise<Result<null, Failure>>;
  /** Whether the caller may change the org's webhook subscriptions now; nobody else may until it unlocks, or a minute has passed. */
  lockSubscriptions(): Promise<boolean>;
  unlockSubscriptions(): Promise<void>;
  /** Forgets the tokens. Tickets keep rising. */
  forget(): Promise<void>;
  /** Forgets everything about a deleted org. Tickets keep rising. */
  erase(): Promise<void>;
}
