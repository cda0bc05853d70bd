import { readdirSync, readFileSync } from "node:fs";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { childProcesses } from "./workerd-process.ts";

export interface WorkerInWorkerd {
  url: string;
  db: D1Database;
  /** Of workerd; 0 where it is unknown. */
  pid: number;
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** A bundle of `buildWorker`, or any module's path. */
  scriptPath: string;
  port?: number;
  vars?: Record<string, string>;
  /** False: nobody takes from the queues, so that only what puts into them is measured. */
  consumers?: boolean;
  /** Queues give what they have at once, instead of waiting for more; for what is measured without that wait. */
  eager?: boolean;
  /** Lets `watchHeap` look into it. */
  inspectorPort?: number;
}

/** Starts a script in workerd with the bindings, queues and objects of wrangler.toml; D1 is in memory, and migrated. */
export async function startWorker(options: WorkerOptions): Promise<WorkerInWorkerd> {
  const { modulesRules: _, ...workerOptions } = unstable_getMiniflareWorkerOptions("wrangler.toml").workerOptions;
  const before = new Set(childProcesses());
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...workerOptions,
      name: "bench",
      modules: [{ type: "ESModule", path: "index.js", contents: readFileSync(options.scriptPath, "utf8") }],
      host: "127.0.0.1",
      cf: false, // nothing is fetched from outside, nor reported
      telemetry: { enabled: false },
      port: options.port ?? 0,
      bindings: options.vars ?? {},
      handleStructuredLogs: () => {}, // they are written, as in production, and nobody reads them
      ...(options.inspectorPort === undefined ? {} : { inspectorPort: options.inspectorPort }),
      queueConsumers: consumersOf(workerOptions.queueConsumers as Consumers, options),
    }),
  );
  const url = (await miniflare.ready).origin;
  const db = await miniflare.getD1Database("DB");
  await migrate(db);
  const pid = childProcesses().find((one) => !before.has(one)) ?? 0;
  return { url, db, pid, stop: () => miniflare.dispose() };
}

async function migrate(db: D1Database): Promise<void> {
  const files = readdirSync("migrations").filter((name) => name.endsWith(".sql"));
  for (const file of files.sort()) {
    const statements = readFileSync(`migrations/${file}`, "utf8").split("--> statement-breakpoint");
    await db.batch(statements.filter((sql) => sql.trim() !== "").map((sql) => db.prepare(sql)));
  }
}

type Consumers = Record<string, { maxBatchTimeout?: number }>;

function consumersOf(deployed: Consumers, { consumers, eager }: WorkerOptions): Consumers {
  if (consumers === false) return {};
  if (!eager) return deployed;
  const each = Object.entries(deployed);
  return Object.fromEntries(each.map(([queue, consumer]) => [queue, { ...consumer, maxBatchTimeout: 0 }]));
}
