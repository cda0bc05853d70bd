import type { Env } from "./config.ts";
import { tick } from "./cron/tick.ts";
import { createApp } from "./http/app.ts";
import { servicesFor } from "./http/middleware/with-services.ts";
import { consume } from "./queue/consume.ts";
import { storeDeadLetters } from "./queue/dead-letter.ts";

export { MyCaseConnection } from "./mycase/connection/object.ts";

const app = createApp();
const DEAD_QUEUE = "mycase-sync-dead";

/** The Worker's doors: wiring only. */
export default {
  fetch: app.fetch,
  async queue(batch, env) {
    const { sync } = servicesFor(env);
    if (batch.queue === DEAD_QUEUE) await storeDeadLetters(sync, batch);
    else await consume(sync, batch);
  },
  async scheduled(controller, env) {
    await tick(servicesFor(env).sync, controller.cron);
  },
} satisfies ExportedHandler<Env>;
