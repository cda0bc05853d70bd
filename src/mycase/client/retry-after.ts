/** Seconds of a `Retry-After` header, in either of its forms; null when absent or unreadable. */
export function retryAfterSeconds(headers: Headers, now: Date): number | null {
  const text = headers.get("retry-after");
  if (text === null) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now.getTime()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
