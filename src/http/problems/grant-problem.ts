import type { Failure } from "../../domain/failure.ts";
import type { GrantRefusal } from "../../sync/connection/check-firm.ts";
import { failureProblem } from "./failure-problem.ts";
import { Problem } from "./problem.ts";

/** The public answer to a grant that was not accepted. */
export function grantProblem(failure: Failure | GrantRefusal): Problem {
  if (isRefusal(failure)) return new Problem(409, failure.kind, failure.detail);
  if (failure.kind === "refused") return new Problem(400, "invalid_state", failure.detail);
  if (failure.kind === "reauthorization_required") {
    return new Problem(400, "code_refused", "MyCase refused the code; connect again");
  }
  return failureProblem(failure);
}

function isRefusal(failure: Failure | GrantRefusal): failure is GrantRefusal {
  return ["other_firm", "firm_connected_elsewhere", "firm_unknown"].includes(failure.kind);
}
