import type { Failure } from "../../domain/failure.ts";
import type { Result } from "../../platform/result.ts";

export type ConnectionState =
  | "not_connected"
  | "connected"
  | "refresh_failing"
  | "reauthorization_required"
  | "permission_lost"
  | "mycase_unavailable";

/** Live work goes before bulk work whenever both wait for a place. */
export type Lane = "live" | "bulk";

/** Leave to send one request: the token to send it with, and the number that dates the read. */
export interface Permit {
  token: string;
  ticket: number;
}

/** What the caller saw MyCase answer; the connection draws its conclusions. */
export type Observation =
  | { kind: "answered"; listing: boolean }
  | { kind: "throttled"; retry_after: number | null }
  | { kind: "forbidden" }
  | { kind: "unavailable"; detail: string };

export interface ConnectionStatus {
  state: ConnectionState;
  /** ISO 8601 UTC. */
  since: string | null;
  why: string | null;
  firm_uuid: string | null;
  scope: string | null;
  connected_at: string | null;
  token_expires_at: string | null;
  refresh_expires_at: string | null;
  last_refresh_at: string | null;
  refreshes: number;
}

/** The connection of one org to MyCase: tokens, pace, tickets. Implemented by the Durable Object. */
export interface Connection {
  /** Waits for its turn; `observe` says whether the caller should report a plain answer too. */
  permit(lane: Lane): Promise<Result<Permit & { observe: boolean }, Failure>>;
  /** A request with `token` was answered 401: refreshes it, unless that has been done since. */
  refused(token: string): Promise<Result<null, Failure>>;
  observed(observation: Observation): Promise<void>;
  status(): Promise<ConnectionStatus>;
  /** The address to open in a browser; its `state` may be used once within ten minutes. */
  authorize(redirectUri: string, orgId: string): Promise<{ authorize_url: string }>;
  finish(callback: { code: string; nonce: string }): Promise<Result<{ origin: string }, Failure>>;
  /** Forgets the tokens. Tickets go on rising. */
  forget(): Promise<void>;
}
