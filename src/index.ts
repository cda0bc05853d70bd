import type { Env } from "./config.ts";
import { tick } from "./cron/tick.ts";
import { createApp } from "./http/app.ts";
import { servicesOf } from "./http/middleware/with-services.ts";
import { buryAll } from "./queue/bury.ts";
import { consume } from "./queue/consume.ts";

export { MyCaseConnection } from "./mycase/connection/object.ts";

const app = createApp();
const DEAD_QUEUE = "mycase-sync-dead";

/** The Worker's doors: wiring only. */
export default {
  fetch: app.fetch,
  async queue(batch, env) {
    const { sync } = servicesOf(env);
    if (batch.queue === DEAD_QUEUE) await buryAll(sync, batch);
    else await consume(sync, batch);
  },
  async scheduled(controller, env) {
    await tick(servicesOf(env).sync, controller.cron);
  },
} satisfies ExportedHandler<Env>;
