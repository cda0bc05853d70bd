/** The time in ms since the epoch; injected, so that a test can set it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
