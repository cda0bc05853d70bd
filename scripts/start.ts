import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { serveSimulator } from "../simulator/server.ts";
import { ensureDevVars, readDevVars, writeEnvFile } from "./dev-vars.ts";
import { freePort } from "./free-port.ts";
import { isUp } from "./is-up.ts";
import { startTicker } from "./local-cron.ts";
import { demoProgress, setUpDemo } from "./set-up-demo.ts";
import { startWorker, untilReady } from "./wrangler.ts";

// The demo: a simulated MyCase and the worker, connected and imported. Everything it keeps is in .data.
const DATA = ".data";
const PLACES = `${DATA}/ports.json`;

interface Places {
  worker: number;
  simulator: number;
}

/** The ports of the last time, for MyCase knows the worker by its address. */
async function places(): Promise<Places> {
  const known = existsSync(PLACES)
    ? (JSON.parse(readFileSync(PLACES, "utf8")) as Places)
    : { worker: 8787, simulator: 8788 };
  const found = { worker: await freePort(known.worker), simulator: await freePort(known.simulator) };
  writeFileSync(PLACES, JSON.stringify(found));
  return found;
}

mkdirSync(DATA, { recursive: true });
if (existsSync(PLACES) && (await isUp((JSON.parse(readFileSync(PLACES, "utf8")) as Places).worker))) {
  console.error(`The demo is running already, at the addresses of ${PLACES}; two of them would share their data.`);
  process.exit(1);
}
ensureDevVars();
const ports = await places();
const simulator = await serveSimulator({
  port: ports.simulator,
  cases: Number(process.env.SIMULATOR_CASES ?? 500),
  seed: Number(process.env.SIMULATOR_SEED ?? 1),
  stateFile: `${DATA}/simulator.json`,
});
const vars = {
  ...readDevVars(),
  MYCASE_API_URL: `${simulator.url}/v1`,
  MYCASE_AUTH_URL: simulator.url,
  MYCASE_CLIENT_ID: "demo-client",
  MYCASE_CLIENT_SECRET: "demo-secret",
  PUBLIC_URL: `http://127.0.0.1:${ports.worker}`,
};
writeEnvFile(`${DATA}/demo.env`, vars);

console.log("Starting the worker ...");
const recent: string[] = [];
const worker = await startWorker({
  port: ports.worker,
  persistTo: `${DATA}/worker`,
  envFile: `${DATA}/demo.env`,
  onLine: (line) => {
    recent.push(line);
    if (recent.length > 40) recent.shift();
  },
});
let stopping = false;
const stop = async (code: number) => {
  if (stopping) return;
  stopping = true;
  stopTicker?.();
  await worker.stop();
  await simulator.close();
  process.exit(code);
};
let stopTicker: (() => void) | null = null;
const parent = process.ppid;
// The parent process may be killed without signalling its children.
setInterval(() => {
  if (process.ppid !== parent) void stop(0);
}, 1000).unref();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(0));
worker.ended.then((code) => {
  if (stopping) return;
  console.error(`The worker ended with ${code}.\n${recent.join("\n")}`);
  void stop(1);
});

try {
  await untilReady(worker.url, worker);
  const demo = { url: worker.url, adminKey: readDevVars().ADMIN_API_KEY ?? "" };
  await setUpDemo(demo);
  stopTicker = startTicker(worker.url);
  let progress = "";
  for (let waited = 0; waited < 120 && !progress.startsWith("succeeded"); waited++) {
    progress = await demoProgress(demo);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  console.log(`Import:      ${progress}
Console:     ${worker.url}/console
API:         ${worker.url}/docs
Simulator:   ${simulator.url}  (edit a case there and watch it arrive)
Admin key:   ${demo.adminKey}
Try:         curl -H "Authorization: Bearer ${demo.adminKey}" ${worker.url}/v1/orgs/demo/projects?limit=2
Stop with Ctrl-C; starting again continues from here. Delete ${DATA} to start over.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(recent.join("\n"));
  await stop(1);
}
