import { expect, test } from "vitest";
import { overdueRuns, type ScheduleState } from "../../src/sync/health/overdue.ts";

const SOUND: ScheduleState = {
  timezone: "America/New_York",
  connected_at: "2026-06-01T12:00:00Z",
  last_full_at: "2026-06-02T04:00:00Z", // midnight in New York
  last_poll_at: "2026-06-02T20:00:00Z",
  backfillRunning: false,
  open: [],
};
const at = (iso: string, more: Partial<ScheduleState> = {}, working = true) =>
  overdueRuns({ ...SOUND, ...more }, working, new Date(iso));

test("R59: while polls and nightlies run, nothing is overdue, and nothing ever is without a connection", () => {
  expect(at("2026-06-02T20:04:00Z")).toEqual([]);
  expect(at("2026-07-01T00:00:00Z", { connected_at: null })).toEqual([]);
});

test("R59: a poll that has not begun for three cycles is visible, with when it was due", () => {
  expect(at("2026-06-02T20:14:00Z")).toEqual([]);
  expect(at("2026-06-02T20:16:00Z")).toEqual([{ kind: "poll", due_at: "2026-06-02T20:05:00.000Z", begun_at: null }]);
  expect(at("2026-06-02T20:16:00Z", { backfillRunning: true })).toEqual([]);
});

test("R59: a nightly that has not begun two hours after local midnight is visible, whatever the zone", () => {
  const polled = (iso: string) => ({ last_poll_at: iso });
  expect(at("2026-06-03T05:59:00Z", polled("2026-06-03T05:55:00Z"))).toEqual([]);
  expect(at("2026-06-03T06:01:00Z", polled("2026-06-03T06:00:00Z"))).toEqual([
    { kind: "nightly", due_at: "2026-06-03T04:00:00.000Z", begun_at: null },
  ]);
  const kolkata = { timezone: "Asia/Kolkata", last_full_at: "2026-06-01T19:00:00Z" };
  expect(at("2026-06-02T21:00:00Z", { ...kolkata, ...polled("2026-06-02T21:00:00Z") })).toEqual([
    { kind: "nightly", due_at: "2026-06-02T18:30:00.000Z", begun_at: null },
  ]);
});

test("R59: a first import that never began is visible", () => {
  const never = { last_full_at: null, last_poll_at: null };
  expect(at("2026-06-01T12:10:00Z", never)).toEqual([]);
  expect(at("2026-06-01T12:16:00Z", never)).toEqual([
    { kind: "backfill", due_at: "2026-06-01T12:00:00Z", begun_at: null },
  ]);
});

test("R59: a run that does not end is as missing as one that does not begin, unless it waits for what has its own alarm", () => {
  const late = "2026-06-02T20:16:00Z";
  const open = (kind: string, state: string) => ({ open: [{ kind, state, created_at: "2026-06-02T20:00:00Z" }] });
  const overdue = { kind: "poll", due_at: "2026-06-02T20:05:00.000Z" };
  expect(at(late, open("poll", "running"))).toEqual([{ ...overdue, begun_at: "2026-06-02T20:00:00Z" }]);
  expect(at(late, open("nightly", "running"))).toEqual([{ ...overdue, begun_at: null }]);
  expect(at(late, open("poll", "running"), false)).toEqual([]);
  expect(at(late, open("nightly", "running"), false)).toEqual([{ ...overdue, begun_at: null }]);
});
