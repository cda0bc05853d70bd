/** Documented: 25 requests a second. `Retry-After` is not documented, so it is a choice whether to send it. */
export class RateLimit {
  requestsPerSecond: number;
  sendRetryAfter = false;
  private recent: number[] = [];

  constructor(requestsPerSecond: number) {
    this.requestsPerSecond = requestsPerSecond;
  }

  /** Whether one more request is allowed at this time (ms): no second holds more than the limit. */
  admits(now: number): boolean {
    if (this.requestsPerSecond === Number.POSITIVE_INFINITY) return true;
    const gone = this.recent.findIndex((at) => now - at < 1000);
    this.recent.splice(0, gone === -1 ? this.recent.length : gone);
    if (this.recent.length >= this.requestsPerSecond) return false;
    this.recent.push(now);
    return true;
  }
}
