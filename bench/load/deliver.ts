import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";

/** What to deliver, as the parent process sends it. */
export interface Order {
  url: string;
  hmacKey: string;
  firstId: number;
  records: number;
  connections: number;
  seconds: number;
}

export interface Outcome {
  accepted: number;
  refused: number;
  perSecond: number;
}

interface Delivery {
  body: Buffer;
  signature: string;
}

/** Delivers signed events over so many connections, each sending the next when the last was answered. */
async function deliver(order: Order): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const deliveries = Array.from({ length: order.records }, (_, index) => signed(order, order.firstId + index));
  const outcome: Outcome = { accepted: 0, refused: 0, perSecond: 0 };
  const started = performance.now();
  const until = started + order.seconds * 1000;
  let next = 0;
  const keepDelivering = async () => {
    while (performance.now() < until) {
      const delivery = deliveries[next++ % deliveries.length];
      if (!delivery) return;
      if ((await post(agent, order.url, delivery)) === 202) outcome.accepted += 1;
      else outcome.refused += 1;
    }
  };
  await Promise.all(Array.from({ length: order.connections }, keepDelivering));
  outcome.perSecond = Math.round(outcome.accepted / ((performance.now() - started) / 1000));
  agent.destroy();
  return outcome;
}

function signed({ hmacKey }: Order, id: number): Delivery {
  const body = Buffer.from(JSON.stringify({ resource: "Case", action: "updated", resource_body: { id } }));
  return { body, signature: createHmac("sha256", hmacKey).update(body).digest("hex") };
}

function post(agent: Agent, url: string, { body, signature }: Delivery): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": body.length,
      "x-mycase-signature": signature,
    };
    const sent = request(url, { agent, method: "POST", headers }, (response) => {
      response.on("end", () => resolve(response.statusCode ?? 0)).resume();
    });
    sent.on("error", reject).end(body);
  });
}

process.on("message", (order: Order) => {
  deliver(order).then(
    (outcome) => process.send?.(outcome),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
