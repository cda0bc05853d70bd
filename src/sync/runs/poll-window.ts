const OVERLAP_MS = 2 * 60 * 1000; // an index may lag behind, and a listing takes its time; re-reading is free, missing is not

/** From when the next poll asks, given MyCase's own clock at the start of this one: a little earlier than that. */
export function pollCursorAfter(servedAt: string): string {
  return new Date(Date.parse(servedAt) - OVERLAP_MS).toISOString().replace(/\.\d{3}Z$/, "Z");
}
