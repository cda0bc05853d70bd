/**
 * Lets whatever else this isolate has to do go first for a moment. Between the heavy parts of bulk work, so that a change
 * that people wait for is not held up by a page of a thousand records at every step of its way.
 */
export function yieldToEventLoop(): Promise<void> {
  return scheduler.wait(1); // 0 would not let the runtime read its sockets
}
