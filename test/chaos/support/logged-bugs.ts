import { vi } from "vitest";
import { Divergence } from "./divergence.ts";
import { CALM, type Trouble } from "./trouble.ts";

const BUGS = ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "ZodError"];
let logged: string[] = [];

/** An error out of the worker is expected while errors are injected: the runtime delivers the batch again. */
export function mustBeInjected(error: unknown, { trouble }: { trouble: Trouble }): null {
  if (trouble === CALM || error instanceof Divergence || (error instanceof Error && BUGS.includes(error.name)))
    throw error;
  return null;
}

/** Keeps the worker's log lines from the screen, and listens for errors that only a bug can cause. */
export function listenToLogs(): void {
  for (const method of ["log", "warn"] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
  vi.spyOn(console, "error").mockImplementation((line: unknown) => {
    const text = String(line);
    if (BUGS.some((name) => text.includes(`"error":"${name}"`))) logged.push(text);
  });
}

export function stopListening(): void {
  vi.restoreAllMocks();
}

/** The bugs logged since the last call. */
export function takeLoggedBugs(): string[] {
  const taken = logged;
  logged = [];
  return taken;
}
