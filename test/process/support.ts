import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type DevWorker, startWorker, untilReady } from "../../scripts/wrangler.ts";

/** A program that was started here, and is ended by its own id. */
export interface Running {
  url: string;
  stop(): Promise<void>;
}

/** MyCase in a process of its own, which survives what happens to the worker. */
export async function startSimulator(env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ["simulator/serve.ts"], {
    env: { ...process.env, SIMULATOR_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await urlIn(child);
  return {
    url,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function urlIn(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the simulator ended with ${code}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      const url = /http:\/\/[\d.:]+/.exec(chunk.toString())?.[0];
      if (url) resolve(url);
    });
  });
}

/** The worker on the state in the folder, ready. */
export async function startOn(folder: string, port: number): Promise<DevWorker> {
  const worker = await startWorker({ port, persistTo: folder, envFile: join(folder, "env") });
  await untilReady(worker.url, worker);
  return worker;
}

/** Wrangler and workerd at once, without a word: as a lost machine. */
export async function killHard(worker: DevWorker): Promise<void> {
  if (worker.child.pid !== undefined) process.kill(-worker.child.pid, "SIGKILL");
  await worker.ended;
}

/** The worker's D1, to be opened only while no worker runs. */
export function withDatabase<T>(folder: string, use: (database: DatabaseSync) => T): T {
  const path = readdirSync(folder, { recursive: true })
    .map(String)
    .find((name) => /d1.*[0-9a-f]{64}\.sqlite$/.test(name));
  if (!path) throw new Error("the folder holds no D1");
  const database = new DatabaseSync(join(folder, path), { timeout: 5000 }); // a killed workerd takes a moment to let go
  try {
    return use(database);
  } finally {
    database.close();
  }
}
