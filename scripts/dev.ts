import { DEV_VARS, ensureDevVars } from "./dev-vars.ts";
import { startTicker } from "./local-cron.ts";
import { startWorker, untilReady } from "./wrangler.ts";

// The worker alone, against the MyCase that .dev.vars names; crons are fired from here.
ensureDevVars();
const port = Number(process.env.PORT ?? 8787);
const worker = await startWorker({
  port,
  persistTo: ".wrangler/state",
  envFile: DEV_VARS,
  onLine: (line) => console.log(line),
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void worker.stop());
worker.ended.then((code) => process.exit(code ?? 1));
await untilReady(worker.url, worker);
startTicker(worker.url);
console.log(`mycase-sync: ${worker.url} (console at /console, API at /docs)`);
