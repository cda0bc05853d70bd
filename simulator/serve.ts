import { type ServerOptions, serveSimulator } from "./server.ts";

const { env } = process;
const number = (name: string, fallback: number) => (env[name] === undefined ? fallback : Number(env[name]));

const options: ServerOptions = {
  port: number("SIMULATOR_PORT", 8788),
  cases: number("SIMULATOR_CASES", 500),
  seed: number("SIMULATOR_SEED", 1),
  requestsPerSecond: number("SIMULATOR_REQUESTS_PER_SECOND", 25),
  latencyMs: number("SIMULATOR_LATENCY_MS", 0),
  largestPage: number("SIMULATOR_LARGEST_PAGE", Number.POSITIVE_INFINITY),
  ...(env.SIMULATOR_STATE ? { stateFile: env.SIMULATOR_STATE } : {}),
  ...(env.SIMULATOR_CLIENT_ID ? { clientId: env.SIMULATOR_CLIENT_ID } : {}),
  ...(env.SIMULATOR_CLIENT_SECRET ? { clientSecret: env.SIMULATOR_CLIENT_SECRET } : {}),
};

const running = await serveSimulator(options);
console.log(`MyCase simulator: ${running.url} (${running.simulator.firm.cases.size} cases)`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void running.close().then(() => process.exit(0)));
}
