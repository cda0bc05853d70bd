import type { MappingPreview } from "../mapping/dry-run.ts";

/** Why a run waits for a decision: it would harm too much, or MyCase shows far fewer cases than before. */
export type Held =
  | ({ reason: "blast_guard" } & MappingPreview)
  | { reason: "visibility_reduced" /** Cases that MyCase lists. */; visible: number };

/** What a run stored when it was held; earlier versions knew no reason but the blast guard. */
export function heldOf(stored: unknown): Held | null {
  return stored === null ? null : ({ reason: "blast_guard", ...(stored as object) } as Held);
}
