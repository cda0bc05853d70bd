const REQUEUE_AT_ATTEMPT = 90; // wrangler.toml: a queue gives a message up after 100 attempts

/** Whether a message has to be sent anew soon, lest its queue gives it up. */
export function nearsLastAttempt({ attempts }: Message): boolean {
  return attempts >= REQUEUE_AT_ATTEMPT;
}
