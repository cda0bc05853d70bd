import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { Meter } from "./meter.ts";

export { MyCaseConnection, OverallRateLimiter } from "../../src/index.ts";

const meter = new Meter();
const metered = new WeakMap<object, Env>();

/** The product's worker behind bindings that count; `/bench/usage` tells what they counted. */
export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext) {
    if (new URL(request.url).pathname === "/bench/usage") return Response.json(meter.read());
    return worker.fetch(request, measured(env), ctx);
  },
  async queue(batch: MessageBatch, env: Env) {
    const started = Date.now();
    await worker.queue(batch, measured(env));
    meter.used.batches.push({ queue: batch.queue, messages: batch.messages.length, ms: Date.now() - started });
  },
  async scheduled(controller: ScheduledController, env: Env) {
    await worker.scheduled(controller, measured(env));
  },
};

/** The same for the same environment, as the worker keeps its services by it. */
function measured(env: Env): Env {
  const known = metered.get(env);
  if (known) return known;
  const made = {
    ...env,
    DB: meter.database(env.DB),
    LIVE_QUEUE: meter.queue(env.LIVE_QUEUE),
    BULK_QUEUE: meter.queue(env.BULK_QUEUE),
    MYCASE_CONNECTION: meter.objects(env.MYCASE_CONNECTION),
  };
  metered.set(env, made);
  return made;
}
