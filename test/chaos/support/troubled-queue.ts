import type { Lane } from "./broker.ts";
import type { Host, Shared } from "./host.ts";

/** A queue as one worker reaches it: a send may be refused, or be taken and answered with an error all the same. */
export function troubledQueue(lane: Lane, host: Host, shared: Shared): Queue {
  const sendAll = async (bodies: unknown[]) => {
    const { dice, tally, trouble, broker } = shared;
    await host.step();
    if (dice.chance(trouble.queueBefore)) {
      tally.injected("queue refusing");
      throw new Error("Queue send failed: Too Many Requests");
    }
    for (const body of bodies) broker.put(lane, body);
    if (dice.chance(trouble.queueAfter)) {
      tally.injected("queue refusing after all");
      throw new Error("Queue send failed: Internal Server Error");
    }
    await host.step();
  };
  return {
    send: (body: unknown) => sendAll([body]),
    sendBatch: (messages: Iterable<MessageSendRequest>) => sendAll([...messages].map(({ body }) => body)),
  } as unknown as Queue;
}
