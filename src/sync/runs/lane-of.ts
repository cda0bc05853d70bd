import type { RunKind } from "../../domain/run.ts";
import type { Lane } from "../../mycase/connection/types.ts";

/** Short runs go with the live work; what lists or derives everything must not hold up what people wait for. */
export function laneOf(kind: RunKind): Lane {
  return kind === "poll" || kind === "team" ? "live" : "bulk";
}
