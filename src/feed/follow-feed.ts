import type { ChangePage, CursorRefusal } from "../db/reads/changes.ts";
import type { Result } from "../platform/result.ts";

export interface FeedSource {
  read(after: number): Promise<Result<ChangePage, CursorRefusal>>;
  /** The `seq` of the last entry; a look that costs one row. */
  last(): Promise<number>;
}

/** Time as a follower needs it; injected, so that a test can make it pass. */
export interface Pace {
  now(): number;
  sleep(ms: number): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 1_000;

/**
 * What comes after a page, as it comes, for so long; null for each look that found nothing. A ledger has one writer and
 * entries appear in the order of their numbers, so nothing can turn up below a number that was seen. Ends early when
 * entries were dropped that had not been read.
 */
export async function* followFeed(
  source: FeedSource,
  first: ChangePage,
  pace: Pace,
  lastsMs: number,
): AsyncGenerator<ChangePage | null, void> {
  const until = pace.now() + lastsMs;
  let pause = FIRST_PAUSE_MS;
  let cursor = Number(first.next_cursor);
  let isThereMore = !first.up_to_date;
  while (pace.now() < until) {
    if (!isThereMore) {
      await pace.sleep(Math.min(pause, until - pace.now()));
      pause = Math.min(pause * 2, MAX_PAUSE_MS);
    }
    if (!isThereMore && (await source.last()) <= cursor) {
      yield null;
      continue;
    }
    const page = await source.read(cursor);
    if (!page.ok) return;
    yield page.value;
    cursor = Number(page.value.next_cursor);
    isThereMore = !page.value.up_to_date;
    if (page.value.data.length > 0) pause = FIRST_PAUSE_MS;
  }
}

/** The first page after this one that holds something, or the last one looked at once the time is over. */
export async function waitForChanges(
  source: FeedSource,
  first: ChangePage,
  pace: Pace,
  lastsMs: number,
): Promise<ChangePage> {
  let latest = first;
  if (latest.data.length > 0) return latest;
  for await (const page of followFeed(source, first, pace, lastsMs)) {
    latest = page ?? latest;
    if (latest.data.length > 0) return latest;
  }
  return latest;
}
