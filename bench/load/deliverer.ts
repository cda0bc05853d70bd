import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Order, Outcome } from "./deliver.ts";

/** A process of its own that delivers webhooks, so that the load's cost is not the worker's. */
export interface Deliverer {
  deliver(order: Order): Promise<Outcome>;
  stop(): void;
}

export function startDeliverer(): Deliverer {
  const child: ChildProcess = fork(fileURLToPath(new URL("./deliver.ts", import.meta.url).href));
  return {
    deliver: (order) =>
      new Promise((resolve, reject) => {
        const failed = () => reject(new Error("the process that delivers ended"));
        child.once("exit", failed);
        child.once("message", (outcome) => {
          child.off("exit", failed);
          resolve(outcome as Outcome);
        });
        child.send(order);
      }),
    stop: () => {
      child.kill();
    },
  };
}
