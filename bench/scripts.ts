import { fileURLToPath } from "node:url";
import { buildWorker } from "./harness/build-worker.ts";

/** The bundles that are measured, by path. */
export interface Scripts {
  /** The worker as it is deployed. */
  product: string;
  /** The same behind bindings that count. */
  measured: string;
  /** A bare worker that only sends to a queue. */
  sendOnly: string;
  /** A bare worker that runs the SQL it is given over rows it is given. */
  insertOnly: string;
}

export async function buildScripts(folder: string): Promise<Scripts> {
  return {
    product: await buildWorker(folder),
    measured: await buildWorker(folder, fileURLToPath(new URL("./worker/measured-worker.ts", import.meta.url).href)),
    sendOnly: await buildWorker(folder, fileURLToPath(new URL("./worker/send-only-worker.ts", import.meta.url).href)),
    insertOnly: await buildWorker(
      folder,
      fileURLToPath(new URL("./worker/insert-only-worker.ts", import.meta.url).href),
    ),
  };
}
