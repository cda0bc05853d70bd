import worker from "../../../src/index.ts";
import { batchOf, TestMessage } from "../../support/queues.ts";
import type { Dice } from "./dice.ts";
import type { Host, Shared } from "./host.ts";
import { mustBeInjected } from "./logged-bugs.ts";

export type Lane = "live" | "bulk";

interface Waiting {
  id: string;
  body: unknown;
  attempts: number;
}

/** The queues: at least once, in any order. What no worker acked is still here, whatever became of the worker. */
export class Broker {
  readonly waiting: Record<Lane, Waiting[]> = { live: [], bulk: [] };

  put(lane: Lane, body: unknown): void {
    this.waiting[lane].push({ id: crypto.randomUUID(), body: structuredClone(body), attempts: 0 });
  }

  get empty(): boolean {
    return this.waiting.live.length + this.waiting.bulk.length === 0;
  }

  /** Takes messages for one delivery, from any place in the queue. */
  take(lane: Lane, most: number, dice: Dice): Waiting[] {
    const chosen = dice.shuffled(this.waiting[lane]).slice(0, most);
    this.waiting[lane] = this.waiting[lane].filter((message) => !chosen.includes(message));
    return chosen;
  }

  /** One delivery to a worker, to its end or to the worker's; the longest pause that it asks for, in seconds. */
  async deliver(lane: Lane, taken: Waiting[], host: Host, shared: Shared): Promise<number> {
    const { dice, tally, trouble } = shared;
    const messages = taken.map(({ body, id, attempts }) => new TestMessage(body, id, attempts + 1));
    await host
      .run(() => worker.queue(batchOf(`mycase-sync-${lane}`, messages), host.env))
      .catch((error) => mustBeInjected(error, shared));
    for (const [index, message] of taken.entries()) {
      const acked = messages[index]?.verdict === "ack";
      const again = acked && dice.chance(trouble.redelivered);
      if (again) tally.injected("message redelivered after its ack");
      // Of a worker that died it is not known whether its acks had arrived.
      const lost = acked && host.dead && dice.chance(0.5);
      if (!acked || again || lost) this.waiting[lane].push({ ...message, attempts: message.attempts + 1 });
    }
    return Math.max(0, ...messages.map((message) => message.delaySeconds));
  }
}
