import { describeProblems } from "./config.ts";
import { tick } from "./cron/tick.ts";
import type { Env } from "./env.ts";
import { createApp } from "./http/app.ts";
import { log } from "./platform/log.ts";
import { consume } from "./queue/consume.ts";
import { storeDeadLetters } from "./queue/dead-letter.ts";
import { queueRole } from "./queue/queue-role.ts";
import { retainBatch } from "./queue/retain-batch.ts";
import { servicesFor } from "./services.ts";
import type { SyncContext } from "./sync/context.ts";

export { MyCaseConnection } from "./mycase/connection/object.ts";
export { OverallRateLimiter } from "./mycase/connection/overall-rate-limiter.ts";

const app = createApp();

/** The Worker's entry points: wiring only. */
export default {
  fetch: app.fetch,
  async queue(batch, env) {
    try {
      await work(batch, env);
    } catch (error) {
      await retainBatch(batch, { live: env.LIVE_QUEUE, bulk: env.BULK_QUEUE, dead: env.DEAD_QUEUE }, error);
    }
  },
  async scheduled(controller, env) {
    await tick(syncOf(env), controller.cron);
  },
} satisfies ExportedHandler<Env>;

async function work(batch: MessageBatch, env: Env): Promise<void> {
  const role = queueRole(batch.queue);
  const sync = syncOf(env);
  switch (role) {
    case "live":
    case "bulk":
      return consume(sync, batch);
    case "dead":
      return storeDeadLetters(sync, batch);
  }
}

/** What queue and cron work with; a configuration that cannot be used is logged with the names of its variables. */
function syncOf(env: Env): SyncContext {
  const services = servicesFor(env);
  if (services.ok) return services.value.sync;
  const problems = describeProblems(services.failure);
  log("error", "configuration", { problems });
  throw new Error(problems);
}
