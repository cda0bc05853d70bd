const RealDate = globalThis.Date;
const realSetTimeout = globalThis.setTimeout;
const realWait = scheduler.wait;

/** Beyond every real present: the runtime fires an alarm that is set for the past at once. */
const BEGINNING = RealDate.parse("2040-01-02T12:00:00Z");

/** The time that the worker and the simulator see. It moves when the test says so, and when somebody sleeps. */
export const clock = {
  now: BEGINNING,
  pass(ms: number): void {
    this.now += ms;
  },
};

/** Replaces the clock and the timers of this isolate: a pause of half a minute is over at once, and half a minute has passed. */
export function useVirtualTime(): void {
  clock.now = BEGINNING;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length > 0 ? given : [clock.now], newTarget),
    get: (target, name) => (name === "now" ? () => clock.now : Reflect.get(target, name)),
  });
  globalThis.setTimeout = ((work: () => void, ms = 0) => {
    clock.pass(ms);
    return realSetTimeout(work, 0);
  }) as typeof setTimeout;
  scheduler.wait = async (ms) => clock.pass(ms);
}

export function useRealTime(): void {
  globalThis.Date = RealDate;
  globalThis.setTimeout = realSetTimeout;
  scheduler.wait = realWait;
}
