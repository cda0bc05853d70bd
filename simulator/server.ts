import { serve } from "@hono/node-server";
import { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts";
import { keepInFile, restoreFromFile } from "./state-file.ts";

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

/** Serves a simulator over HTTP from Node; with a state file it goes on where it was stopped. */
export async function serveSimulator(options: ServerOptions): Promise<RunningSimulator> {
  const simulator = createSimulator(options);
  const { stateFile } = options;
  if (stateFile !== undefined) restoreFromFile(simulator, stateFile);
  const { server, port } = await listen(simulator, options.port);
  const file = stateFile === undefined ? null : keepInFile(simulator, stateFile);
  return {
    url: `http://127.0.0.1:${port}`,
    simulator,
    close: () => {
      simulator.webhooks.stop();
      file?.stop();
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        if ("closeAllConnections" in server) server.closeAllConnections(); // clients keep theirs open
      });
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
