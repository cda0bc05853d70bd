const MAX_S = 15 * 60; // a date in a year must not stop an org for that long
const MAX_THROTTLED_S = 5 * 60;

/** Seconds of a `Retry-After` header, in either of its forms, as far as it is believed; null when absent or unreadable. */
export function retryAfterSeconds(status: number, headers: Headers, now: Date): number | null {
  const text = headers.get("retry-after");
  if (text === null) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now.getTime()) / 1000);
  if (Number.isNaN(seconds)) return null;
  return Math.min(Math.max(0, seconds), status === 429 ? MAX_THROTTLED_S : MAX_S);
}
