import type { SnapshotRow } from "../db/reads/snapshot.ts";

/**
 * A snapshot as NDJSON. `cursor` was read before the first row: every row is as it was then or newer, and the feed from
 * there on brings all of them to the same end.
 */
export function snapshotStream(cursor: number, pages: AsyncGenerator<SnapshotRow[], void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const line = (value: unknown) => `${JSON.stringify(value)}\n`;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(line({ cursor: String(cursor) })));
    },
    async pull(controller) {
      const { done, value } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map(line).join("")));
    },
    async cancel() {
      await pages.return();
    },
  });
}
