import { randomBytes } from "node:crypto";
import { freePort } from "../../scripts/free-port.ts";
import { type Demo, setUpDemo } from "../../scripts/set-up-demo.ts";
import { type RunningSimulator, serveSimulator } from "../../simulator/server.ts";
import type { Usage } from "../worker/meter.ts";
import { startWorker, type WorkerInWorkerd, type WorkerOptions } from "./start-worker.ts";

export interface FirmOptions extends Omit<WorkerOptions, "port" | "vars"> {
  cases: number;
  latencyMs?: number;
  /** Webhooks are sent to the worker; otherwise they stay in the simulator's outbox. */
  webhooks?: boolean;
}

export interface Run {
  id: string;
  kind: string;
  state: string;
  progress: { done: number; total: number | null };
  counts: Record<string, number>;
  mycase_requests: number;
  rows_written: number;
}

/** A simulated MyCase and the worker beside it, with one org ("demo"). */
export interface Firm {
  worker: WorkerInWorkerd;
  mycase: RunningSimulator;
  /** Creates the org, gives it the demo's mapping and connects it, which starts the first import. */
  connect(): Promise<void>;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  /** What the worker used since the last time; only of the measured worker. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts both, unconnected. MyCase answers at once and without a limit unless asked to. */
export async function startFirm(options: FirmOptions): Promise<Firm> {
  const mycase = await serveSimulator({
    port: 0,
    cases: options.cases,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    latencyMs: options.latencyMs ?? 0,
    delivery: options.webhooks ? "auto" : "manual",
    clientId: "bench",
    clientSecret: "bench-secret",
  });
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const adminKey = randomBytes(24).toString("base64url");
  const worker = await startWorker({
    ...options,
    port,
    vars: {
      MYCASE_API_URL: `${mycase.url}/v1`,
      MYCASE_AUTH_URL: mycase.url,
      MYCASE_CLIENT_ID: "bench",
      MYCASE_CLIENT_SECRET: "bench-secret",
      MYCASE_REQUESTS_PER_SECOND: "1000",
      ADMIN_API_KEY: adminKey,
      ENCRYPTION_KEY: randomBytes(32).toString("base64"),
      PUBLIC_URL: url,
    },
  });
  const demo: Demo = { url, adminKey };
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    worker,
    mycase,
    connect: () => setUpDemo(demo),
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    usage: () => call("GET", "/bench/usage"),
    async stop() {
      await worker.stop();
      await mycase.close();
    },
  };
}
