import type { Database } from "../../db/database.ts";
import { customValues, standardValues, valueChanges } from "../../db/reads/field-values.ts";
import { describeFields, type FieldReport } from "../../mapping/document/describe-fields.ts";
import type { SyncContext } from "../context.ts";
import { currentConfig } from "../org-config.ts";

/** The org's mappable fields with the values seen on its cases (R21). */
export async function describeOrgFields(context: SyncContext, db: Database, org: string): Promise<FieldReport[]> {
  const [versioned, standard, custom, practiceAreas, caseStages] = await Promise.all([
    currentConfig(context, org),
    standardValues(db, org),
    customValues(db, org),
    valueChanges(db, org, "practice_area"),
    valueChanges(db, org, "case_stage"),
  ]);
  return describeFields({
    document: versioned?.config.mapping?.document ?? null,
    customFields: versioned?.config.customFields ?? new Map(),
    values: [...standard, ...custom],
    changes: [
      ...practiceAreas.map((change) => ({ ...change, field: "practice_area" })),
      ...caseStages.map((change) => ({ ...change, field: "case_stage" })),
    ],
  });
}
