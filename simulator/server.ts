import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts";

export interface ServerOptions extends SimulatorOptions {
  /** 0: any free port. */
  port: number;
  /** A file to go on from and to save to. */
  stateFile?: string;
}

export interface RunningSimulator {
  url: string;
  simulator: Simulator;
  close(): Promise<void>;
}

const SAVE_EVERY_MS = 2_000;

/** Serves a simulator over HTTP from Node; with a state file it goes on where it was stopped. */
export async function serveSimulator(options: ServerOptions): Promise<RunningSimulator> {
  const simulator = createSimulator(options);
  const { stateFile } = options;
  if (stateFile && existsSync(stateFile)) simulator.restore(readFileSync(stateFile, "utf8"));
  let saved = "";
  const save = () => {
    if (!stateFile) return;
    const state = simulator.snapshot();
    if (state === saved) return;
    writeFileSync(`${stateFile}.new`, state);
    renameSync(`${stateFile}.new`, stateFile);
    saved = state;
  };
  const timer = setInterval(save, SAVE_EVERY_MS);
  const { server, port } = await listen(simulator, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    simulator,
    close: () => {
      clearInterval(timer);
      save();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

function listen(simulator: Simulator, port: number): Promise<{ server: ReturnType<typeof serve>; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: (request) => simulator.handle(request), port, hostname: "127.0.0.1" }, (info) =>
      resolve({ server, port: info.port }),
    );
    server.on("error", reject);
  });
}
