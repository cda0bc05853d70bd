import { expect, test } from "vitest";
import { type HealthInputs, raiseAlarms } from "../../src/sync/health/alarms.ts";

const NOW = new Date("2026-06-02T12:00:00Z");
const SOUND: HealthInputs = {
  connection: {
    state: "connected",
    cause: null,
    since: "2026-06-01T12:00:00Z",
    why: null,
    refresh_expires_at: "2026-06-15T12:00:00Z",
  },
  overdue: [],
  held: [],
  failed: [],
  listing_troubles: [],
  dead_letters: { open: 0, oldest_at: null },
  database_bytes: 9_000_000,
  subscribed: ["case", "client", "company", "lead"],
  pull_lead_objects: true,
  webhooks: [],
  last_webhook_at: null,
};
const hour = (more: object) => ({
  hour: "2026-06-02T11:00:00.000Z",
  model: "case",
  received: 0,
  longest_wait_ms: 0,
  missed_found_by_poll: 0,
  missed_found_by_nightly: 0,
  ...more,
});
const raised = (more: Partial<HealthInputs>) => raiseAlarms({ ...SOUND, ...more }, NOW).map(({ code }) => code);
const inState = (state: HealthInputs["connection"]["state"]) => ({ connection: { ...SOUND.connection, state } });

test("a sound org has no alarm, and neither has one that was disconnected on purpose", () => {
  expect(raised({})).toEqual([]);
  expect(raised({ ...inState("not_connected"), subscribed: [] })).toEqual([]);
});

test.each(["reauthorization_required", "permission_lost", "refresh_failing", "mycase_unavailable"] as const)(
  "T8: the state %s is an alarm of that name, with what to do",
  (state) => {
    const [alarm] = raiseAlarms({ ...SOUND, ...inState(state) }, NOW);
    expect(alarm).toMatchObject({ code: state, since: SOUND.connection.since });
    expect(alarm?.fix).not.toBe("");
  },
);

test.each(["refresh_failing", "mycase_unavailable"] as const)("%s is critical once it has lasted an hour", (state) => {
  const severities = ["2026-06-02T11:01:00Z", "2026-06-02T11:00:00Z"].map((since) => {
    const connection = { ...SOUND.connection, state, since };
    return raiseAlarms({ ...SOUND, connection }, NOW)[0]?.severity;
  });
  expect(severities).toEqual(["warning", "critical"]);
});

const heldAt = (held_at: string) => ({ kind: "nightly", held_at, held_for: "blast_guard" });

test("a run that waits for a decision for a day is critical", () => {
  const severityAfter = (hours: number) =>
    raiseAlarms({ ...SOUND, held: [heldAt(new Date(NOW.getTime() - hours * 3_600_000).toISOString())] }, NOW)[0]
      ?.severity;
  expect([23, 25].map(severityAfter)).toEqual(["warning", "critical"]);
});

test("each of these alone raises its alarm", () => {
  const soon = { ...SOUND.connection, refresh_expires_at: "2026-06-05T12:00:00Z" };
  expect(raised({ connection: soon })).toEqual(["refresh_token_expiring"]);
  expect(raised({ overdue: [{ kind: "poll", due_at: "x", begun_at: null }] })).toEqual(["poll_overdue"]);
  expect(raised({ overdue: [{ kind: "nightly", due_at: "x", begun_at: "y" }] })).toEqual(["nightly_overdue"]);
  expect(raised({ held: [heldAt("2026-06-02T11:00:00Z")] })).toEqual(["run_held"]);
  expect(raised({ failed: [{ kind: "poll", finished_at: "x" }] })).toEqual(["run_failed"]);
  const trouble = { model: "lead", runs: 1, detail: "x", first_at: "x" } as const;
  expect(raised({ listing_troubles: [{ ...trouble, kind: "forbidden" }] })).toEqual(["listing_forbidden"]);
  expect(raised({ listing_troubles: [{ ...trouble, kind: "deletions_unchecked" }] })).toEqual([]);
  const twice = [{ ...trouble, kind: "deletions_unchecked", runs: 2 } as const];
  expect(raised({ listing_troubles: twice })).toEqual(["deletions_unchecked"]);
  expect(raised({ dead_letters: { open: 2, oldest_at: "x" } })).toEqual(["dead_letters"]);
  expect(raised({ subscribed: ["case", "client", "lead"] })).toEqual(["subscription_missing"]);
  expect(raised({ webhooks: [hour({ missed_found_by_poll: 1 })] })).toEqual(["webhooks_silent"]);
  expect(raised({ webhooks: [hour({ received: 1, longest_wait_ms: 61_000 })] })).toEqual(["queue_slow"]);
  expect(raised({ database_bytes: 8_000_000_000 })).toEqual(["database_full"]);
});

test("webhooks that come, and miss some, are not silent; leads nobody pulls need no subscription", () => {
  expect(raised({ webhooks: [hour({ missed_found_by_nightly: 3 }), hour({ received: 1 })] })).toEqual([]);
  expect(raised({ subscribed: ["case", "client", "company"], pull_lead_objects: false })).toEqual([]);
});

test("the worst stands first", () => {
  const alarms = raiseAlarms(
    { ...SOUND, ...inState("permission_lost"), dead_letters: { open: 1, oldest_at: null } },
    NOW,
  );
  expect(alarms.map(({ severity }) => severity)).toEqual(["critical", "warning"]);
});

test("a database that is nearly full is a warning, and critical before nothing can be saved any more", () => {
  const severity = (database_bytes: number) => raiseAlarms({ ...SOUND, database_bytes }, NOW)[0]?.severity;
  expect([7.9e9, 8e9, 9.5e9, 10e9].map(severity)).toEqual([undefined, "warning", "critical", "critical"]);
});
