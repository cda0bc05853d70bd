import type { Failure } from "../../domain/failure.ts";
import type { Result } from "../../platform/result.ts";
import type { ConnectionStorage, StoredState } from "./storage.ts";
import type { ConnectionCause, ConnectionState, RequestOutcome } from "./types.ts";

const MIN_LOST_CASES = 5; // losing fewer cases than this is nothing remarkable
const MIN_VISIBLE_SHARE = 0.8;

/** Whether there are far fewer than there were. */
function isVisibilityCollapse(before: number, visible: number): boolean {
  return before - visible >= MIN_LOST_CASES && visible < before * MIN_VISIBLE_SHARE;
}

/** How the connection stands, since when and why: what is concluded from every answer of MyCase. */
export class ConnectionStateMachine {
  private readonly memory: ConnectionStorage;

  constructor(memory: ConnectionStorage) {
    this.memory = memory;
  }

  get now(): StoredState | null {
    return this.memory.state;
  }

  /** Access was granted by a person: what that person sees is what there is, however few cases that is. */
  granted(): void {
    this.memory.freshGrant = true;
    this.enter("connected", null, null);
  }

  forgotten(): void {
    this.enter("not_connected", null, null);
  }

  /** What a refresh says; `cause` is why it failed, if it did. */
  refreshed(outcome: Result<unknown, Failure>, cause: ConnectionCause): void {
    if (outcome.ok) {
      if (this.now?.state === "refresh_failing") this.enter("connected", null, null);
    } else if (outcome.failure.kind === "reauthorization_required") {
      this.enter("reauthorization_required", cause, `${EXPLAINED[cause]} (${outcome.failure.detail})`);
    } else if (outcome.failure.kind === "unavailable") {
      this.enter("refresh_failing", cause, outcome.failure.detail);
    }
  }

  /** What one answer of the API says. One that was still on its way does not undo what has been decided meanwhile. */
  observed(observation: Exclude<RequestOutcome, { kind: "throttled" }>): void {
    if (!this.isUp) return;
    switch (observation.kind) {
      case "answered":
        if (this.healedBy(observation)) this.enter("connected", null, null);
        return;
      case "forbidden":
        this.enter("permission_lost", "forbidden", EXPLAINED.forbidden);
        return;
      case "unavailable": // a permission that is lost, and tokens that cannot be renewed, outlast an outage
        if (this.now?.state === "connected" || this.now?.state === "mycase_unavailable")
          this.enter("mycase_unavailable", "mycase_unavailable", observation.detail);
    }
  }

  /**
   * Whether so many cases are believable, after what was seen before, or else beside what is `here`. A collapse means that
   * the user who granted access sees less, not that the firm has deleted its cases, until somebody grants access anew.
   */
  believes(visible: number, here: number | null): boolean {
    if (!this.isUp) return false;
    const before = this.memory.casesSeen ?? 0;
    const collapsed = isVisibilityCollapse(before, visible) && isVisibilityCollapse(here ?? before, visible);
    if (collapsed && !this.memory.freshGrant) {
      if (here === null) return false;
      this.enter("permission_lost", "narrowed", `${EXPLAINED.narrowed} (${visible} of ${before} are listed)`);
      return false;
    }
    this.memory.freshGrant = false;
    this.memory.casesSeen = visible;
    if (this.now?.cause === "narrowed") this.enter("connected", null, null);
    return true;
  }

  /** Whether there is access at all, as far as is known. */
  private get isUp(): boolean {
    const state = this.now?.state ?? "not_connected";
    return state !== "not_connected" && state !== "reauthorization_required";
  }

  /** A plain answer ends an outage; only a listing that is answered again shows that the permission is back. */
  private healedBy({ listing }: { listing: boolean }): boolean {
    const now = this.now;
    return now?.state === "mycase_unavailable" || (now?.cause === "forbidden" && listing);
  }

  private enter(state: ConnectionState, cause: ConnectionCause | null, why: string | null): void {
    const now = this.now;
    if (now?.state === state && now.cause === cause && now.why === why) return;
    this.memory.state = { state, cause, since: now?.state === state ? now.since : Date.now(), why };
  }
}

const EXPLAINED: Record<ConnectionCause, string> = {
  refresh_token_expired: "The refresh token has outlived its two weeks without a refresh that MyCase answered",
  refresh_answer_lost:
    "MyCase's answer to the last refresh was lost on the way, and the token sent with it counts as used",
  refresh_token_refused: "MyCase refuses the refresh token: access was revoked, or the token was used elsewhere",
  token_endpoint_unavailable: "MyCase's token endpoint does not answer",
  encryption_key_missing: "The tokens cannot be read",
  forbidden: "MyCase answers 403: the user who granted access may no longer see what is asked for",
  narrowed: "The user who granted access suddenly sees far fewer cases",
  mycase_unavailable: "MyCase does not answer",
};
