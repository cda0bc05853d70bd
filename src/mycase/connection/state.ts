import { CAUSES, type ConnectionCause, type ConnectionState, hasAccess } from "../../domain/connection-state.ts";
import type { Failure } from "../../domain/failure.ts";
import type { RequestOutcome } from "./types.ts";

/** The state of one connection. `since` is ms since the epoch, null when nobody has connected yet. */
export interface StateSnapshot {
  state: ConnectionState;
  cause: ConnectionCause | null;
  since: number | null;
  why: string | null;
}

/** What can change the state. */
export type ConnectionEvent =
  | { kind: "granted" }
  | { kind: "forgotten" }
  | { kind: "refreshed" }
  /** `accessLasts`: the access token from before still works. */
  | { kind: "refresh_failed"; failure: Failure; cause: ConnectionCause; accessLasts: boolean }
  | { kind: "case_count_accepted" }
  | { kind: "case_count_collapsed"; visible: number; previous: number }
  | Exclude<RequestOutcome, { kind: "throttled" }>;

export const INITIAL_STATE: StateSnapshot = { state: "not_connected", cause: null, since: null, why: null };

/**
 * The state after an event; the same object when nothing changes. Pure: `now` is ms since the epoch. Answers that were
 * still in flight when access ended change nothing, and an outage hides neither a lost permission nor failing refreshes.
 */
export function nextState(current: StateSnapshot, event: ConnectionEvent, now: number): StateSnapshot {
  const enter = (state: ConnectionState, cause: ConnectionCause | null = null, why: string | null = null) => {
    if (current.state === state && current.cause === cause && current.why === why) return current;
    return { state, cause, since: current.state === state ? current.since : now, why };
  };
  if (event.kind === "granted") return enter("connected");
  if (event.kind === "forgotten") return enter("not_connected");
  if (!hasAccess(current.state)) return current;
  switch (event.kind) {
    case "refreshed":
      return current.state === "refresh_failing" ? enter("connected") : current;
    case "refresh_failed":
      return refreshFailed(event, current, enter);
    case "answered": // only a listing that is answered again shows that the permission is back
      if (current.state === "mycase_unavailable") return enter("connected");
      return current.cause === "forbidden" && event.listing ? enter("connected") : current;
    case "forbidden":
      return enter("permission_lost", "forbidden", CAUSES.forbidden);
    case "unavailable": // one record that cannot be read is no outage
      if (!event.listing) return current;
      if (current.state !== "connected" && current.state !== "mycase_unavailable") return current;
      return enter("mycase_unavailable", "mycase_unavailable", event.detail);
    case "case_count_accepted":
      return current.cause === "visibility_reduced" ? enter("connected") : current;
    case "case_count_collapsed": {
      const counts = `${event.visible} of ${event.previous} are listed`;
      return enter("permission_lost", "visibility_reduced", `${CAUSES.visibility_reduced} (${counts})`);
    }
  }
}

type Enter = (state: ConnectionState, cause: ConnectionCause, why: string) => StateSnapshot;

function refreshFailed(
  { failure, cause, accessLasts }: Extract<ConnectionEvent, { kind: "refresh_failed" }>,
  current: StateSnapshot,
  enter: Enter,
): StateSnapshot {
  if (failure.kind === "reauthorization_required") {
    const state = accessLasts ? "refresh_failing" : "reauthorization_required";
    return enter(state, cause, `${CAUSES[cause]} (${failure.detail})`);
  }
  return failure.kind === "unavailable" ? enter("refresh_failing", cause, failure.detail) : current;
}
