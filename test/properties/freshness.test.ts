import fc from "fast-check";
import { expect, test } from "vitest";
import type { Read } from "../../src/domain/read.ts";
import { emptyScope } from "../../src/domain/scope.ts";
import { contentHash } from "../../src/platform/content-hash.ts";
import { createWorld } from "../support/world.ts";

type State = { name: string } | "gone";

function readOf(state: State, ticket: number, shape: Read["shape"]): Read {
  const record = { id: 100, name: state === "gone" ? null : state.name };
  const records = state === "gone" ? [] : [{ id: 100, record, updated_at: null, hash: contentHash(record) }];
  const gaps = state === "gone" ? [{ id: 100, state: "deleted" as const }] : [];
  return { model: "case", shape, ticket, at: "2026-01-01T00:00:00.000Z", records, absent: gaps };
}

/** What MyCase held when each read began; few names, so that states come back (A, B, A). */
const history = fc.array(
  fc.record({
    state: fc.oneof(fc.constantFrom({ name: "a" }, { name: "b" }), fc.constant<State>("gone")),
    shape: fc.constantFrom<Read["shape"]>("record", "page"),
    /** When it arrives, relative to the others. */
    delay: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 1, maxLength: 8 },
);

test("R62: whatever the order in which reads end, the mirror holds what the last one to begin saw", async () => {
  await fc.assert(
    fc.asyncProperty(history, async (reads) => {
      const world = await createWorld({ cases: 0 });
      const last = reads.at(-1)?.state as State;
      let ticket = reads.length;
      const arrivals = reads
        .map((one, index) => ({
          read: readOf(one.state, index + 1, one.state === "gone" ? "record" : one.shape),
          at: index + one.delay,
        }))
        .sort((a, b) => a.at - b.at);
      for (const { read } of arrivals) {
        const { stale } = await world.sync.store.saveReads(world.org, [read], { scope: emptyScope });
        // An overtaken read is made again: it begins after all others, and sees what is true then.
        if (stale.length > 0)
          await world.sync.store.saveReads(world.org, [readOf(last, ++ticket, "record")], { scope: emptyScope });
      }
      const [row] = await world.rows("mycase_cases");
      const seen = !row || row.state === "deleted" ? "gone" : JSON.parse(String(row?.record));
      expect(seen).toEqual(last === "gone" ? "gone" : { id: 100, name: last.name });
    }),
    { numRuns: 60 },
  );
});

test("R62: a slow read of an old state that ends after a fast read of a new one changes nothing", async () => {
  const world = await createWorld({ cases: 0 });
  await world.sync.store.saveReads(world.org, [readOf({ name: "new" }, 2, "record")], { scope: emptyScope });
  await world.sync.store.saveReads(world.org, [readOf({ name: "old" }, 1, "record")], { scope: emptyScope });
  expect(JSON.parse(String((await world.rows("mycase_cases"))[0]?.record))).toMatchObject({ name: "new" });
});

test("two different updates within the same second of updated_at: the later read wins", async () => {
  const world = await createWorld({ cases: 0 });
  for (const [index, name] of ["first", "second"].entries()) {
    const record = { id: 100, name, updated_at: "2026-01-01T00:00:00Z" };
    const read = {
      ...readOf({ name }, index + 1, "record"),
      records: [{ id: 100, record, updated_at: record.updated_at, hash: contentHash(record) }],
    };
    await world.sync.store.saveReads(world.org, [read], { scope: emptyScope });
  }
  expect(JSON.parse(String((await world.rows("mycase_cases"))[0]?.record))).toMatchObject({ name: "second" });
});
