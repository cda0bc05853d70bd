import { describeProblems } from "./config.ts";
import { tick } from "./cron/tick.ts";
import type { Env } from "./env.ts";
import { createApp } from "./http/app.ts";
import { consume } from "./queue/consume.ts";
import { storeDeadLetters } from "./queue/dead-letter.ts";
import { queueRole } from "./queue/queue-role.ts";
import { servicesFor } from "./services.ts";
import type { SyncContext } from "./sync/context.ts";

export { MyCaseConnection } from "./mycase/connection/object.ts";

const app = createApp();

/** The Worker's entry points: wiring only. */
export default {
  fetch: app.fetch,
  async queue(batch, env) {
    const sync = syncOf(env);
    switch (queueRole(batch.queue)) {
      case "live":
      case "bulk":
        return consume(sync, batch);
      case "dead":
        return storeDeadLetters(sync, batch);
    }
  },
  async scheduled(controller, env) {
    await tick(syncOf(env), controller.cron);
  },
} satisfies ExportedHandler<Env>;

function syncOf(env: Env): SyncContext {
  const services = servicesFor(env);
  if (!services.ok) throw new Error(describeProblems(services.failure));
  return services.value.sync;
}
