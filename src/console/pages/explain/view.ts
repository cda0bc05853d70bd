import { caseIdsByNumber } from "../../../db/reads/coverage.ts";
import { type FoundCase, type FoundPerson, findByName } from "../../../db/reads/find-cases.ts";
import type { Services } from "../../../services.ts";

export type Answer =
  | { kind: "case"; id: number }
  | { kind: "choices"; query: string; cases: FoundCase[]; people: FoundPerson[] };

/** What a query means: a case by its number or id, or everything with such a name. The number wins. */
export async function answerQuery(services: Services, org: string, query: string): Promise<Answer> {
  const [byNumber, ...further] = await caseIdsByNumber(services.db, org, query);
  if (byNumber !== undefined && further.length === 0) return { kind: "case", id: byNumber };
  if (byNumber === undefined && /^[1-9]\d{0,14}$/.test(query)) return { kind: "case", id: Number(query) };
  return { kind: "choices", query, ...(await findByName(services.db, org, query)) };
}
