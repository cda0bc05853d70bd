import { type ChildProcess, spawn } from "node:child_process";

/** Wrangler asks nothing and reports nothing. */
const ENV = { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", NO_COLOR: "1" };
const WRANGLER = "node_modules/wrangler/bin/wrangler.js";

/** Runs wrangler to its end; rejects with what it printed when it fails. */
export function runWrangler(
  args: string[],
  options: { show?: boolean; env?: Record<string, string> } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [WRANGLER, ...args], {
      env: { ...ENV, ...options.env },
      stdio: options.show ? "inherit" : "pipe",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`wrangler ${args[0]} ended with ${code}\n${output}`)),
    );
  });
}

export interface DevWorker {
  url: string;
  child: ChildProcess;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
  /** Resolves with the exit code whenever it ends. */
  ended: Promise<number | null>;
}

/** Starts the worker on local D1, Queues and Durable Objects; migrations are applied first. */
export async function startWorker(options: {
  port: number;
  persistTo: string;
  envFile: string;
  onLine?: (line: string) => void;
}): Promise<DevWorker> {
  await runWrangler(["d1", "migrations", "apply", "DB", "--local", "--persist-to", options.persistTo]);
  const args = [
    "dev",
    "--local",
    "--persist-to",
    options.persistTo,
    "--port",
    String(options.port),
    "--ip",
    "127.0.0.1",
  ];
  const child = spawn(
    process.execPath,
    [WRANGLER, ...args, "--env-file", options.envFile, "--show-interactive-dev-session=false"],
    {
      env: ENV,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a group of its own, so that it ends with all its children, and when we say so
    },
  );
  const lines = (chunk: Buffer) => {
    for (const line of chunk.toString().split("\n")) if (line.trim() !== "") options.onLine?.(line);
  };
  child.stdout?.on("data", lines);
  child.stderr?.on("data", lines);
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return {
    url: `http://127.0.0.1:${options.port}`,
    child,
    ended,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
      await ended;
    },
  };
}

/** Waits until the worker answers that it is ready. */
export async function untilReady(url: string, worker: DevWorker): Promise<void> {
  let ended = false;
  worker.ended.then(() => {
    ended = true;
  });
  for (let tries = 0; tries < 240; tries++) {
    if (ended) throw new Error("the worker ended before it was ready");
    try {
      const response = await fetch(`${url}/ready`);
      if (response.ok) return;
      if (tries > 40) throw new Error(`not ready: ${await response.text()}`);
    } catch (error) {
      if (tries > 200) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("the worker did not become ready within a minute");
}
