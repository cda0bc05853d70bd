import { startFirm } from "./harness/firm.ts";
import { startWorker } from "./harness/start-worker.ts";
import type { Outcome } from "./load/deliver.ts";
import { startDeliverer } from "./load/deliverer.ts";
import { type Metric, metric } from "./metric.ts";
import type { Scripts } from "./scripts.ts";

const ROUNDS = 5;
const SECONDS = 2.5;
const WARM_UP_SECONDS = 1.5;
const CONNECTIONS = 32;

/** Signed deliveries accepted a second, against a worker that only sends to the queue. Nobody takes from either's queue. */
export async function benchWebhookIntake(scripts: Scripts): Promise<Metric[]> {
  const firm = await startFirm({ scriptPath: scripts.product, cases: 50, consumers: false });
  const bare = await startWorker({ scriptPath: scripts.sendOnly, consumers: false });
  const deliverer = startDeliverer();
  try {
    await firm.connect();
    const subscription = firm.mycase.simulator.webhooks.subscriptions.find((one) => one.model === "case");
    if (!subscription) throw new Error("no subscription to cases");
    const send = async (url: string, seconds: number): Promise<Outcome> => {
      const order = { url, hmacKey: subscription.hmac_key, firstId: 20_000_001, records: 50 };
      const outcome = await deliverer.deliver({ ...order, connections: CONNECTIONS, seconds });
      if (outcome.refused > 0) throw new Error(`${outcome.refused} deliveries were refused`);
      return outcome;
    };
    const urls = { subject: subscription.url, baseline: `${bare.url}/` };
    const rates: Record<keyof typeof urls, number[]> = { subject: [], baseline: [] };
    for (const url of Object.values(urls)) await send(url, WARM_UP_SECONDS); // the first delivery pins the scheme
    for (let round = 0; round < ROUNDS; round++) {
      const order = round % 2 === 0 ? (["subject", "baseline"] as const) : (["baseline", "subject"] as const);
      for (const which of order) rates[which].push((await send(urls[which], SECONDS)).perSecond);
    }
    return [
      metric({
        benchmark: "webhook-intake",
        what: "signed deliveries accepted",
        unit: "/s",
        raw: rates.subject,
        baseline: { what: "a bare worker that only sends to the queue", raw: rates.baseline },
        target: { of: "ratio", atLeast: 0.7 },
        detail: { connections: CONNECTIONS },
      }),
    ];
  } finally {
    deliverer.stop();
    await bare.stop();
    await firm.stop();
  }
}
