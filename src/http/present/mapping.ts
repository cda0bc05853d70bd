import type { z } from "@hono/zod-openapi";
import type { MappingVersion } from "../../db/stores/mapping-store.ts";
import type { MappingChange, MappingRefusal } from "../../sync/mapping/change-mapping.ts";
import { failureProblem } from "../problems/failure-problem.ts";
import { Problem } from "../problems/problem.ts";
import type { mappingChangeSchema, mappingVersionSchema } from "../schemas/mapping.ts";
import { presentRun } from "./work.ts";

export function presentVersion({ document, ...version }: MappingVersion): z.infer<typeof mappingVersionSchema> {
  return { ...version, mapping: JSON.parse(document) };
}

export function presentMappingChange({ run, ...change }: MappingChange): z.infer<typeof mappingChangeSchema> {
  return { ...change, run: presentRun(run) };
}

export function mappingProblem(failure: MappingRefusal): Problem {
  if (failure.kind === "invalid_mapping") {
    return new Problem(422, "invalid_mapping", "Mapping contradicts itself or the firm's fields", {
      errors: failure.errors,
    });
  }
  if (failure.kind === "stale_mapping") {
    return new Problem(412, "precondition_failed", "Mapping was changed meanwhile; get it again");
  }
  if (failure.kind === "blast_guard") {
    const { diff, samples } = failure;
    const detail = "Affects more projects than the blast guard allows; send it with ?confirm=true if it is meant";
    return new Problem(409, "blast_guard", detail, { diff, samples });
  }
  return failureProblem(failure);
}
