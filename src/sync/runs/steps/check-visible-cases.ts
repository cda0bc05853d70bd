import type { Failure } from "../../../domain/failure.ts";
import type { Page } from "../../../mycase/client/client.ts";
import { err, ok, type Result } from "../../../platform/result.ts";
import type { Held } from "../held.ts";
import type { StepInput } from "../step.ts";

/**
 * The count of all cases tells whether the user who granted access still sees the whole org: a full listing brings it, a
 * poll asks for it. Where it collapses nothing is concluded from what is missing; a full listing then waits for a decision.
 */
export async function checkVisibleCases(
  { context, run, stage, mycase }: StepInput<"list">,
  page: Page,
): Promise<Result<Held | null, Failure>> {
  if (stage.model !== "case" || stage.next !== null) return ok(null);
  const counted = stage.changedOnly ? await mycase.count("case") : ok(page.total);
  if (!counted.ok) return counted;
  if (counted.value === null) return ok(null);
  const connection = context.connection(run.org);
  if (await connection.acceptCaseCount(counted.value)) return ok(null);
  // Deletions that webhooks announced, and a 404 proved, count as well.
  if (await connection.acceptCaseCount(counted.value, await context.scans.countPresentCases(run.org))) return ok(null);
  if (!stage.changedOnly) return ok({ reason: "visibility_reduced", visible: counted.value });
  return err({ kind: "forbidden", detail: "The connection suddenly sees far fewer cases than before." });
}
