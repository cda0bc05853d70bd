import type { ChangePage } from "../db/reads/changes.ts";
import { type FeedSource, followFeed, type Pace } from "./follow-feed.ts";

const STREAM_MS = 45_000; // far below what proxies and the platform allow; readers connect again from where they are
const MAX_SILENCE_MS = 15_000;
const RECONNECT_MS = 1_000;

/** The feed as server-sent events: `id` is the cursor, a comment breaks every silence, and the server closes it. */
export function eventStream(source: FeedSource, first: ChangePage, pace: Pace): ReadableStream<Uint8Array> {
  const parts = eventParts(source, first, pace);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return();
    },
  });
}

/** The parts of the stream as text. */
export async function* eventParts(source: FeedSource, first: ChangePage, pace: Pace): AsyncGenerator<string, void> {
  yield `retry: ${RECONNECT_MS}\n\n${eventsOf(first)}`;
  let spokeAt = pace.now();
  for await (const page of followFeed(source, first, pace, STREAM_MS)) {
    const isTooQuiet = pace.now() - spokeAt >= MAX_SILENCE_MS;
    if (page === null && !isTooQuiet) continue;
    yield page === null ? ": waiting\n\n" : eventsOf(page);
    spokeAt = pace.now();
  }
}

/** An id without data moves the cursor of a reader whose filter let nothing through. */
function eventsOf({ data, next_cursor }: ChangePage): string {
  const events = data.map((entry) => `id: ${entry.seq}\nevent: change\ndata: ${JSON.stringify(entry)}\n\n`);
  return `${events.join("")}id: ${next_cursor}\n\n`;
}
