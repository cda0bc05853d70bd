import fc from "fast-check";
import { expect, test } from "vitest";
import { disposition } from "../../src/domain/disposition.ts";
import type { Failure } from "../../src/domain/failure.ts";

const of = (kind: Failure["kind"], retry_after: number | null = null) =>
  ({ kind, detail: "", retry_after, status: 400 }) as Failure;
const attempts = fc.integer({ min: 1, max: 100 });
const jitter = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

test("an outage of MyCase, of the database or of the grant never gives a message up", () => {
  const outages = fc.constantFrom(
    "unavailable",
    "rate_limited",
    "storage",
    "reauthorization_required",
    "unauthorized" as const,
  );
  fc.assert(
    fc.property(outages, attempts, jitter, (kind, tries, chance) => {
      const verdict = disposition(of(kind), tries, chance);
      expect(verdict.do).toBe("hold");
      if (verdict.do === "hold") expect(verdict.after).toBeGreaterThan(0);
      if (verdict.do === "hold") expect(verdict.after).toBeLessThanOrEqual(20 * 60);
    }),
  );
});

test("MyCase's own Retry-After is kept to, and waits grow and spread", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3600 }), attempts, jitter, (retryAfter, tries, chance) => {
      const verdict = disposition(of("unavailable", retryAfter), tries, chance);
      expect(verdict.do === "hold" && verdict.after >= retryAfter).toBe(true);
    }),
  );
  const waits = [1, 2, 3, 4].map((tries) => disposition(of("storage"), tries, 0));
  expect(waits).toEqual([5, 10, 20, 40].map((after) => ({ do: "hold", after })));
});

test("what no repetition mends is given up at once, what is a bug after some, and a disconnected org's work is let go", () => {
  for (const kind of ["not_found", "forbidden", "malformed", "refused"] as const)
    expect(disposition(of(kind), 1, 0)).toEqual({ do: "dead" });
  expect(disposition(of("unexpected"), 1, 0).do).toBe("retry");
  expect(disposition(of("unexpected"), 8, 0)).toEqual({ do: "dead" });
  expect(disposition(of("contended"), 19, 0.5).do).toBe("retry");
  expect(disposition(of("contended"), 20, 0.5)).toEqual({ do: "dead" });
  expect(disposition(of("not_connected"), 1, 0)).toEqual({ do: "ack" });
});
