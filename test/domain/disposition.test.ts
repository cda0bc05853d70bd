import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Disposition, disposition } from "../../src/domain/disposition.ts";
import type { Failure, FailureKind } from "../../src/domain/failure.ts";

const of = (kind: FailureKind, retry_after: number | null = null) =>
  ({ kind, detail: "", retry_after, status: 400 }) as Failure;
const attempts = fc.integer({ min: 1, max: 100 });
const jitter = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** What becomes of each kind at the first, eighth, twentieth and hundredth attempt. A new kind does not compile without its row. */
const TABLE: Record<FailureKind, [Disposition["kind"], Disposition["kind"], Disposition["kind"], Disposition["kind"]]> =
  {
    not_connected: ["ack", "ack", "ack", "ack"],
    reauthorization_required: ["wait", "wait", "wait", "wait"],
    unauthorized: ["wait", "wait", "wait", "wait"],
    rate_limited: ["wait", "wait", "wait", "wait"],
    unavailable: ["wait", "wait", "wait", "wait"],
    storage: ["wait", "wait", "wait", "wait"],
    storage_full: ["wait", "wait", "wait", "wait"],
    contended: ["retry", "retry", "dead", "dead"],
    unexpected: ["retry", "dead", "dead", "dead"],
    not_found: ["dead", "dead", "dead", "dead"],
    forbidden: ["dead", "dead", "dead", "dead"],
    malformed: ["dead", "dead", "dead", "dead"],
    refused: ["dead", "dead", "dead", "dead"],
    unstorable: ["dead", "dead", "dead", "dead"],
  };
const KINDS = Object.keys(TABLE) as FailureKind[];

test.each(Object.entries(TABLE))("%s: %j at the 1st, 8th, 20th and 100th attempt", (kind, verdicts) => {
  const found = [1, 8, 20, 100].map((tries) => disposition(of(kind as FailureKind), tries, 0.5).kind);
  expect(found).toEqual(verdicts);
});

test("a message is given up at the last attempt and not one before", () => {
  const verdict = (kind: FailureKind, tries: number) => disposition(of(kind), tries, 0).kind;
  expect([verdict("unexpected", 7), verdict("unexpected", 8)]).toEqual(["retry", "dead"]);
  expect([verdict("contended", 19), verdict("contended", 20)]).toEqual(["retry", "dead"]);
});

test("an outage of MyCase, of the database or of the grant never gives a message up", () => {
  const outages = fc.constantFrom(
    "unavailable",
    "rate_limited",
    "storage",
    "reauthorization_required",
    "unauthorized" as const,
  );
  fc.assert(
    fc.property(outages, fc.integer({ min: 1, max: 100_000 }), jitter, (kind, tries, chance) => {
      const verdict = disposition(of(kind), tries, chance);
      expect(verdict).toMatchObject({
        kind: "wait",
        delayS: expect.toSatisfy((delay) => delay > 0 && delay <= 20 * 60),
      });
    }),
  );
});

describe("the wait", () => {
  test("doubles from five seconds up to five minutes", () => {
    const waits = [1, 2, 3, 4, 8, 9, 50].map((tries) => disposition(of("storage"), tries, 0));
    expect(waits).toEqual([5, 10, 20, 40, 300, 300, 300].map((delayS) => ({ kind: "wait", delayS })));
  });

  test("is spread by up to a quarter, never shortened, and is a whole number of seconds that Queues takes", () => {
    const kinds = fc.constantFrom(...KINDS);
    fc.assert(
      fc.property(kinds, attempts, jitter, (kind, tries, chance) => {
        const verdict = disposition(of(kind), tries, chance);
        if (verdict.kind !== "retry" && verdict.kind !== "wait") return;
        expect(Number.isInteger(verdict.delayS)).toBe(true);
        expect(verdict.delayS).toBeGreaterThanOrEqual(0);
        expect(verdict.delayS).toBeLessThanOrEqual(12 * 60 * 60);
        if (kind !== "unavailable" && kind !== "storage" && kind !== "unexpected") return;
        const plain = Math.min(5 * 2 ** (tries - 1), 300);
        expect(verdict.delayS).toBeGreaterThanOrEqual(plain);
        expect(verdict.delayS).toBeLessThanOrEqual(Math.ceil(plain * 1.25));
      }),
    );
  });

  test.each([
    ["unavailable", 900],
    ["rate_limited", 300],
  ] as const)(
    "is never shorter than MyCase's own Retry-After, which is believed up to a bound (%s: %i s)",
    (kind, bound) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 40_000_000 }), attempts, jitter, (retryAfter, tries, chance) => {
          const decision = disposition(of(kind, retryAfter), tries, chance);
          const delayS = decision.kind === "wait" ? decision.delayS : 0;
          expect(delayS).toBeGreaterThanOrEqual(Math.min(retryAfter, bound));
          expect(delayS).toBeLessThanOrEqual(Math.ceil(Math.max(bound, 300) * 1.25));
        }),
      );
    },
  );

  test("for what only a person can fix is as long as the interval of polls, whatever the attempt", () => {
    for (const kind of ["reauthorization_required", "unauthorized"] as const)
      for (const tries of [1, 7, 100]) expect(disposition(of(kind), tries, 0.9)).toEqual({ kind: "wait", delayS: 300 });
  });

  test("after a conflict between two writers is a few seconds at most", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 19 }), jitter, (tries, chance) => {
        const verdict = disposition(of("contended"), tries, chance);
        expect(verdict.kind === "retry" && verdict.delayS <= 3).toBe(true);
      }),
    );
  });
});
