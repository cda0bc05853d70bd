import type { ChaosWorld } from "./chaos-world.ts";
import { Divergence } from "./divergence.ts";
import { canonical, GONE, KINDS, keyOf, recordNow } from "./record-now.ts";
import type { Stored } from "./stored.ts";

/** The mirror holds MyCase's records, each as it is now; those that MyCase no longer has are marked so. */
export function expectMirrored(world: ChaosWorld, { mirror, org }: Stored): void {
  for (const model of ["case", "client", "staff", "company", "lead"] as const) {
    if (model === "lead" && org.pull_lead_objects !== 1) continue;
    const ids = new Set([
      ...mirror[model].map((row) => row.id),
      ...world.simulator.firm[KINDS[model].collection].keys(),
    ]);
    for (const id of ids) {
      const row = mirror[model].find((candidate) => candidate.id === id);
      const stored = row?.state === "present" && row.record ? canonical(model, JSON.parse(row.record)) : GONE;
      const expected = recordNow(world, model, id);
      if (stored !== expected)
        throw new Divergence(`the mirror of ${keyOf(model, id)} is not what MyCase holds (stored | MyCase)`, {
          stored,
          expected,
          row,
        });
    }
  }
}
