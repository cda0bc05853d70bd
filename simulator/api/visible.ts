import type { SimulatorCore } from "../core.ts";
import type { CollectionName } from "../records.ts";
import { ApiError } from "./errors.ts";

/** Whether some cases are kept from the authorized user. */
export function isNarrowed({ faults }: SimulatorCore): boolean {
  return faults.lostPermission === "narrowed" || faults.hiddenCases.size > 0;
}

/** Whether the authorized user may see the case: without the admin permission, every other one. */
export function isVisible({ faults }: SimulatorCore, caseId: number): boolean {
  return !faults.hiddenCases.has(caseId) && !(faults.lostPermission === "narrowed" && caseId % 2 === 0);
}

/** Throws what MyCase answers for a record that is kept from the user; whether that is 403 or 404 is unknown. */
export function refuseHidden({ faults }: SimulatorCore, collection: CollectionName, id: number): void {
  if (collection !== "cases") return;
  const status = faults.hiddenCases.get(id);
  if (status === 404) throw new ApiError(404, "The record was not found.");
  if (status === 403 || (faults.lostPermission === "narrowed" && id % 2 === 0)) {
    throw new ApiError(403, "You are not allowed to see this.");
  }
}

/** Throws 403 for a user who may see nothing. */
export function refuseWithoutPermission({ faults }: SimulatorCore): void {
  if (faults.lostPermission === "forbidden") throw new ApiError(403, "The user's permission is insufficient.");
}
