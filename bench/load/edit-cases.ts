import { setTimeout as pause } from "node:timers/promises";
import type { Simulator } from "../../simulator/simulator.ts";
import type { Renamed } from "../harness/watch-names.ts";

/** Renames the cases in turn at an even pace, each time to something new; MyCase's webhooks follow. */
export async function editCases(
  { edit }: Simulator,
  plan: {
    caseIds: number[];
    events: number;
    perSecond: number;
    label: string;
    until?: () => boolean;
    onEdit?: (renamed: Renamed) => void;
  },
): Promise<void> {
  const started = performance.now();
  for (let event = 0; event < plan.events && !plan.until?.(); event++) {
    const ahead = started + (event / plan.perSecond) * 1000 - performance.now();
    if (ahead > 1) await pause(ahead);
    const caseId = plan.caseIds[event % plan.caseIds.length] ?? 0;
    const name = `${plan.label} ${event}`;
    plan.onEdit?.({ caseId, name, at: performance.now() });
    edit.update("cases", caseId, { name });
  }
}
