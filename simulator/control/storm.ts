import type { Simulator } from "../simulator.ts";

export interface Storm {
  /** How many changes, over how many cases, spread over how many seconds. */
  events: number;
  cases: number;
  seconds: number;
}

/** Changes the first cases in turn, as a firm's bulk edit would; resolves when the last change is made. */
export async function storm({ core, edit }: Simulator, { events, cases, seconds }: Storm): Promise<void> {
  const ids = core
    .ordered("cases")
    .slice(0, Math.max(1, cases))
    .map((one) => one.id);
  const pauseMs = (seconds * 1000) / Math.max(1, events);
  for (let event = 0; event < events; event++) {
    const id = ids[event % ids.length];
    if (id !== undefined && core.firm.cases.has(id))
      edit.update("cases", id, { description: `Changed ${event + 1} times` });
    if (pauseMs > 1) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
