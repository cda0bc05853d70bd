import type { Failure } from "../../domain/failure.ts";
import { Problem } from "./problem.ts";

const RETRY_AFTER_S = 30;

/** The public answer to each expected failure. */
export function failureProblem(failure: Failure): Problem {
  switch (failure.kind) {
    case "not_connected":
    case "reauthorization_required":
      return new Problem(409, failure.kind, failure.detail);
    case "not_found":
      return new Problem(404, failure.kind, failure.detail);
    case "forbidden":
      return new Problem(403, "mycase_forbidden", failure.detail);
    case "unauthorized":
      return new Problem(409, "reauthorization_required", failure.detail);
    case "rate_limited":
      return new Problem(503, "mycase_rate_limited", failure.detail, {
        retryAfter: failure.retry_after ?? RETRY_AFTER_S,
      });
    case "unavailable":
      return new Problem(503, "mycase_unavailable", failure.detail, {
        retryAfter: failure.retry_after ?? RETRY_AFTER_S,
      });
    case "malformed":
      return new Problem(502, "mycase_malformed", failure.detail);
    case "refused":
      return failure.status === 422
        ? new Problem(422, "refused", failure.detail)
        : new Problem(400, "refused", failure.detail);
    case "contended":
      return new Problem(503, "contended", failure.detail, { retryAfter: 1 });
    case "storage":
    case "storage_full":
      return new Problem(503, "storage_unavailable", failure.detail, { retryAfter: RETRY_AFTER_S });
    case "unstorable":
      return new Problem(502, "unstorable", failure.detail);
    case "unexpected":
      return new Problem(500, "internal", "Internal error");
  }
}
