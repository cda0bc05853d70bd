import type { Failure } from "./failure.ts";

export type ConnectionState =
  | "not_connected"
  | "connected"
  | "refresh_failing"
  | "reauthorization_required"
  | "permission_lost"
  | "mycase_unavailable";

/** Why the connection is not simply connected. */
export type ConnectionCause =
  | "refresh_token_expired"
  | "refresh_answer_lost"
  | "refresh_token_refused"
  | "token_endpoint_unavailable"
  | "encryption_key_missing"
  | "forbidden"
  | "visibility_reduced"
  | "mycase_unavailable";

export interface StateGuide {
  /** Whether MyCase can be asked, now or once it is back, without anybody granting access again. */
  access: boolean;
  /** Null: nothing to alarm anybody about. */
  severity: "critical" | "warning" | null;
  /** For people who run a law office. */
  label: string;
  /** What to do; null when there is nothing to do. */
  advice: string | null;
}

/** What each state means and what to do about it; alarms, explanations and the console read it here. */
const STATE_GUIDE: Record<ConnectionState, StateGuide> = {
  not_connected: {
    access: false,
    severity: null,
    label: "Not connected",
    advice: "Connect the firm's MyCase account.",
  },
  connected: { access: true, severity: null, label: "Connected", advice: null },
  refresh_failing: {
    access: true,
    severity: "warning",
    label: "Tokens cannot be renewed at the moment",
    advice: "Nothing yet: it is retried every five minutes and no change is lost. See when the tokens expire.",
  },
  reauthorization_required: {
    access: false,
    severity: "critical",
    label: "Access has ended",
    advice: "Connect again with the account of a MyCase administrator.",
  },
  permission_lost: {
    access: true,
    severity: "critical",
    label: "The MyCase user no longer sees the firm's cases",
    advice:
      "Give the connecting user back the permission to manage the firm's preferences, or connect as another administrator.",
  },
  mycase_unavailable: {
    access: true,
    severity: "warning",
    label: "MyCase does not answer",
    advice: "Nothing yet: work waits and resumes by itself when MyCase is back.",
  },
};

/** Causes that no waiting mends. */
const REFUSALS: ReadonlySet<ConnectionCause | null> = new Set<ConnectionCause>([
  "refresh_token_expired",
  "refresh_answer_lost",
  "refresh_token_refused",
]);

/** The guide of a connection as it is: when MyCase refuses to renew the tokens, a person is needed before they end. */
export function guideOf({ state, cause }: { state: ConnectionState; cause: ConnectionCause | null }): StateGuide {
  const guide = STATE_GUIDE[state];
  if (state !== "refresh_failing" || !REFUSALS.has(cause)) return guide;
  const { advice } = STATE_GUIDE.reauthorization_required;
  return { ...guide, severity: "critical", advice: `${advice} Everything works until the access token expires.` };
}

/** Whether there is access to MyCase, as far as is known; a state with access may still be an outage. */
export function hasAccess(state: ConnectionState): boolean {
  return STATE_GUIDE[state].access;
}

/** Why MyCase cannot be asked until a person grants access; null when it can, now or once it is back. */
export function accessFailure({ state, why }: { state: ConnectionState; why: string | null }): Failure | null {
  if (state === "not_connected") return { kind: state, detail: "The org has no connection to MyCase." };
  if (state !== "reauthorization_required") return null;
  return { kind: state, detail: why ?? "MyCase refuses the connection; grant access again." };
}

/** What each cause means, as a sentence without its full stop. */
export const CAUSES: Record<ConnectionCause, string> = {
  refresh_token_expired: "The refresh token has expired: for two weeks MyCase answered no refresh",
  refresh_answer_lost: "MyCase's answer to the last refresh was lost on the way, and the token sent with it is used up",
  refresh_token_refused: "MyCase refuses the refresh token: access was revoked, or the token was used elsewhere",
  token_endpoint_unavailable: "MyCase's token endpoint does not answer",
  encryption_key_missing: "The tokens cannot be decrypted",
  forbidden: "MyCase answers 403: the user who granted access may no longer see what is asked for",
  visibility_reduced: "The user who granted access suddenly sees far fewer cases",
  mycase_unavailable: "MyCase does not answer",
};
