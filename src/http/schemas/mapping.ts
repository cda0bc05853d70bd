import { z } from "@hono/zod-openapi";
import { mappingDocument } from "../../mapping/document/schema.ts";
import { diffSchema, samplesSchema } from "./diff.ts";
import { flagQuery } from "./request.ts";
import { anything, instant, int, nullableInt, text } from "./values.ts";
import { runSchema } from "./work.ts";

export const ifMatch = z.object({
  "if-match": z
    .string()
    .optional()
    .openapi({ description: "`ETag` of the mapping that the change was made from; refused when it is stale" }),
});

export const confirmQuery = z.strictObject({
  confirm: flagQuery("`true`: apply it although it affects more projects than the blast guard allows"),
});

/** What GET adds to the document may come back with it, and is ignored. */
const IGNORED = ["version", "restored_from", "created_at"];

export const mappingBodySchema = z
  .preprocess((body) => {
    if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
    return Object.fromEntries(Object.entries(body).filter(([name]) => !IGNORED.includes(name)));
  }, mappingDocument)
  .openapi("MappingDocument");

const version = {
  version: int("Number of the version"),
  restored_from: nullableInt("The version it repeats; null when it was sent"),
  created_at: instant("When it was stored"),
};

export const currentMappingSchema = z
  .looseObject(version)
  .openapi("CurrentMapping", { description: "The mapping document with its version" });

export const mappingVersionSchema = z
  .object({
    ...version,
    mapping: z.record(z.string(), z.unknown()).openapi({ description: "The mapping document" }),
  })
  .openapi("MappingVersion");

const differenceSchema = z
  .object({
    path: text("Where they differ, as names joined by dots"),
    from: anything("The value in `against`"),
    to: anything("The value in this version"),
  })
  .openapi("MappingDifference", { description: "A place where two versions differ" });

export const comparedVersionSchema = z
  .object({
    ...mappingVersionSchema.shape,
    differences: z.array(differenceSchema).openapi({ description: "Differences from `against`; empty without it" }),
  })
  .openapi("ComparedMappingVersion");

export const mappingPreviewSchema = z.object({ diff: diffSchema, samples: samplesSchema }).openapi("MappingPreview");

export const mappingChangeSchema = z
  .object({ version: int("Number of the new version"), run: runSchema, diff: diffSchema, samples: samplesSchema })
  .openapi("MappingChange");
