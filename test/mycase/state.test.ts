import { describe, expect, test } from "vitest";
import type { ConnectionCause, ConnectionState } from "../../src/domain/connection-state.ts";
import { assessCaseCount, type CaseCount } from "../../src/mycase/connection/case-count.ts";
import { type ConnectionEvent, nextState, type StateSnapshot } from "../../src/mycase/connection/state.ts";

const SINCE = 1_000;
const NOW = 2_000;

const at = (state: ConnectionState, cause: ConnectionCause | null = null): StateSnapshot => ({
  state,
  cause,
  since: SINCE,
  why: cause && "earlier",
});

const STATES = {
  new: at("not_connected"),
  ok: at("connected"),
  failing: at("refresh_failing", "token_endpoint_unavailable"),
  dead: at("reauthorization_required", "refresh_token_refused"),
  forbidden: at("permission_lost", "forbidden"),
  reduced: at("permission_lost", "visibility_reduced"),
  down: at("mycase_unavailable", "mycase_unavailable"),
};
type Name = keyof typeof STATES;

const refused = { kind: "reauthorization_required", detail: "invalid_grant" } as const;
const unavailable = { kind: "unavailable", detail: "503", retry_after: null } as const;

const refusal = { kind: "refresh_failed", failure: refused, cause: "refresh_token_refused" } as const;

const EVENTS = {
  granted: { kind: "granted" },
  forgotten: { kind: "forgotten" },
  refreshed: { kind: "refreshed" },
  refreshRefused: { ...refusal, accessLasts: false },
  refusedInTime: { ...refusal, accessLasts: true },
  refreshUnanswered: {
    kind: "refresh_failed",
    failure: unavailable,
    cause: "token_endpoint_unavailable",
    accessLasts: true,
  },
  answered: { kind: "answered", listing: false },
  listed: { kind: "answered", listing: true },
  forbidden: { kind: "forbidden" },
  unavailable: { kind: "unavailable", detail: "503", listing: true },
  accepted: { kind: "case_count_accepted" },
  collapsed: { kind: "case_count_collapsed", visible: 5, previous: 21 },
} satisfies Record<string, ConnectionEvent>;
type EventName = keyof typeof EVENTS;

/** For each event the state that follows from each; what is not listed stays as it is. */
const TABLE: Record<EventName, Partial<Record<Name, [ConnectionState, ConnectionCause | null]>>> = {
  granted: {
    new: ["connected", null],
    failing: ["connected", null],
    dead: ["connected", null],
    forbidden: ["connected", null],
    reduced: ["connected", null],
    down: ["connected", null],
  },
  forgotten: {
    ok: ["not_connected", null],
    failing: ["not_connected", null],
    dead: ["not_connected", null],
    forbidden: ["not_connected", null],
    reduced: ["not_connected", null],
    down: ["not_connected", null],
  },
  refreshed: { failing: ["connected", null] },
  refreshRefused: {
    ok: ["reauthorization_required", "refresh_token_refused"],
    failing: ["reauthorization_required", "refresh_token_refused"],
    forbidden: ["reauthorization_required", "refresh_token_refused"],
    reduced: ["reauthorization_required", "refresh_token_refused"],
    down: ["reauthorization_required", "refresh_token_refused"],
  },
  refusedInTime: {
    ok: ["refresh_failing", "refresh_token_refused"],
    failing: ["refresh_failing", "refresh_token_refused"],
    forbidden: ["refresh_failing", "refresh_token_refused"],
    reduced: ["refresh_failing", "refresh_token_refused"],
    down: ["refresh_failing", "refresh_token_refused"],
  },
  refreshUnanswered: {
    ok: ["refresh_failing", "token_endpoint_unavailable"],
    failing: ["refresh_failing", "token_endpoint_unavailable"],
    forbidden: ["refresh_failing", "token_endpoint_unavailable"],
    reduced: ["refresh_failing", "token_endpoint_unavailable"],
    down: ["refresh_failing", "token_endpoint_unavailable"],
  },
  answered: { down: ["connected", null] },
  listed: { down: ["connected", null], forbidden: ["connected", null] },
  forbidden: {
    ok: ["permission_lost", "forbidden"],
    failing: ["permission_lost", "forbidden"],
    forbidden: ["permission_lost", "forbidden"],
    reduced: ["permission_lost", "forbidden"],
    down: ["permission_lost", "forbidden"],
  },
  unavailable: { ok: ["mycase_unavailable", "mycase_unavailable"], down: ["mycase_unavailable", "mycase_unavailable"] },
  accepted: { reduced: ["connected", null] },
  collapsed: {
    ok: ["permission_lost", "visibility_reduced"],
    failing: ["permission_lost", "visibility_reduced"],
    forbidden: ["permission_lost", "visibility_reduced"],
    reduced: ["permission_lost", "visibility_reduced"],
    down: ["permission_lost", "visibility_reduced"],
  },
};

describe("T8: the state after an event", () => {
  const rows = Object.keys(EVENTS).flatMap((event) => Object.keys(STATES).map((state) => [event, state]));
  test.each(rows as [EventName, Name][])("%s, from %s", (event, name) => {
    const current = STATES[name];
    const next = nextState(current, EVENTS[event], NOW);
    const expected = TABLE[event][name];
    if (!expected) return expect(next).toBe(current);
    const [state, cause] = expected;
    expect(next).toMatchObject({ state, cause, since: state === current.state ? SINCE : NOW });
  });
});

test("an event that says the same again changes nothing", () => {
  const down = nextState(STATES.ok, EVENTS.unavailable, NOW);
  expect(nextState(down, EVENTS.unavailable, NOW + 1)).toBe(down);
});

const COUNT: CaseCount = { visible: 100, previous: 100, mirrored: null, freshGrant: false };
test.each<[string, Partial<CaseCount>, string]>([
  ["as many as before", {}, "accepted"],
  ["more than before", { visible: 200 }, "accepted"],
  ["a fifth fewer", { visible: 80 }, "accepted"],
  ["more than a fifth fewer", { visible: 79 }, "suspicious"],
  ["more than a fifth, but only four cases", { visible: 1, previous: 5 }, "accepted"],
  ["all of five", { visible: 0, previous: 5 }, "suspicious"],
  ["the first count", { previous: 0 }, "accepted"],
  ["far fewer than are mirrored too", { visible: 50, mirrored: 100 }, "collapsed"],
  ["as few as are left after proved deletions", { visible: 50, mirrored: 55 }, "accepted"],
  [
    "far fewer, seen by a person who has just granted access",
    { visible: 5, mirrored: 100, freshGrant: true },
    "accepted",
  ],
])("D5: a case count is judged: %s", (_, count, assessment) => {
  expect(assessCaseCount({ ...COUNT, ...count })).toBe(assessment);
});
