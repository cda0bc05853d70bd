import { setTimeout as pause } from "node:timers/promises";
import type { Firm } from "./firm.ts";

const LOOK_EVERY_MS = 15;

/** A name that a case has been given in MyCase, and when: ms of `performance.now()`. */
export interface Renamed {
  caseId: number;
  name: string;
  at: number;
}

/** Tells when each expected name was first seen in the project's row. */
export interface NameWatch {
  expect(renamed: Renamed): void;
  /** Waits for all of them; the milliseconds that each took. */
  finish(longestWaitS: number): Promise<number[]>;
}

/**
 * Looks at the rows that are still awaited, again and again. The rows and not the feed of changes: beside an import,
 * a reader of the feed also reads everything that the import writes into it.
 */
export function watchNames({ worker }: Firm): NameWatch {
  const awaited = new Map<number, Renamed>();
  const waits: number[] = [];
  let expected = 0;
  let failure: unknown = null;
  let stopped = false;
  const look = async () => {
    while (!stopped) {
      await pause(LOOK_EVERY_MS);
      if (awaited.size === 0) continue;
      const { results } = await worker.db
        .prepare(
          `SELECT p.case_id AS id FROM json_each(?1) j CROSS JOIN projects p
           ON p.org_id = 'demo' AND p.case_id = j.value ->> 0 WHERE p.name = j.value ->> 1`,
        )
        .bind(JSON.stringify([...awaited.values()].map(({ caseId, name }) => [caseId, name])))
        .all<{ id: number }>();
      const now = performance.now();
      for (const { id } of results) {
        const seen = awaited.get(id);
        awaited.delete(id);
        if (seen) waits.push(Math.round(now - seen.at));
      }
    }
  };
  const looking = look().catch((error: unknown) => {
    failure = error;
  });
  return {
    expect(renamed) {
      expected += 1;
      awaited.set(renamed.caseId, renamed);
    },
    async finish(longestWaitS) {
      const until = performance.now() + longestWaitS * 1000;
      while (awaited.size > 0 && failure === null && performance.now() < until) await pause(50);
      stopped = true;
      await looking;
      if (failure !== null) throw failure;
      if (waits.length < expected) throw new Error(`${expected - waits.length} of ${expected} changes were never seen`);
      return waits;
    },
  };
}
