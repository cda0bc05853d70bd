import { caseIdsByNumber } from "../../../db/reads/coverage.ts";
import type { Services } from "../../../services.ts";

/** The case that a number or id stands for; null when it is neither. The number wins. */
export async function findCaseId(services: Services, org: string, query: string): Promise<number | null> {
  const [byNumber] = await caseIdsByNumber(services.db, org, query);
  if (byNumber !== undefined) return byNumber;
  return /^[1-9]\d{0,14}$/.test(query) ? Number(query) : null;
}
