import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Simulator } from "./simulator.ts";

const SAVE_EVERY_MS = 2_000;
/** A large firm takes seconds to write: of all time, at most this part goes into saving. */
const SHARE_OF_TIME = 0.05;

/** Keeps the file up to date; `stop` saves a last time. */
export function keepInFile(simulator: Simulator, path: string): { stop(): void } {
  let saved = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    const { revision } = simulator.core;
    if (revision === saved) return;
    writeFileSync(`${path}.new`, simulator.snapshot());
    renameSync(`${path}.new`, path); // a crash in the middle of writing leaves the file of before
    saved = revision;
  };
  const saveLater = (delayMs: number) => {
    timer = setTimeout(() => {
      const started = performance.now();
      save();
      saveLater(Math.max(SAVE_EVERY_MS, (performance.now() - started) / SHARE_OF_TIME));
    }, delayMs);
  };
  saveLater(SAVE_EVERY_MS);
  return {
    stop: () => {
      clearTimeout(timer);
      save();
    },
  };
}

/** Goes on from the file, if there is one. */
export function restoreFromFile(simulator: Simulator, path: string): void {
  if (!existsSync(path)) return;
  try {
    simulator.restore(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is not a simulator state; delete it to start over`, { cause: error });
  }
}
