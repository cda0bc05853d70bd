import { z } from "@hono/zod-openapi";
import { mappingDocument } from "../../mapping/document/schema.ts";
import { instant } from "./common.ts";
import { runSchema } from "./work.ts";

const numbers = (...names: string[]) => z.object(Object.fromEntries(names.map((name) => [name, z.int()])));

const diffSchema = z
  .object({
    projects: numbers("created", "retyped", "rephased", "disabled", "enabled", "unmapped", "became_lead"),
    leads: numbers("created", "removed"),
    contacts: numbers("linked", "unlinked"),
    team: numbers("shown", "hidden"),
    newly_reachable: z.int(),
  })
  .openapi("MappingDiff");

const samplesSchema = z.record(z.string(), z.unknown()).openapi("MappingDiffSamples");

/** What GET adds to the document may come back with it, and is passed over. */
const ignored = ["version", "restored_from", "created_at"];

export const mappingBodySchema = z.preprocess((body) => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !ignored.includes(name)));
}, mappingDocument);

export const currentMappingSchema = z
  .looseObject({ version: z.int(), restored_from: z.int().nullable(), created_at: instant })
  .openapi("CurrentMapping", { description: "The mapping document with its version" });

export const mappingVersionSchema = z
  .object({
    version: z.int(),
    mapping: z.record(z.string(), z.unknown()),
    restored_from: z.int().nullable(),
    created_at: instant,
  })
  .openapi("MappingVersion");

export const mappingForecastSchema = z.object({ diff: diffSchema, samples: samplesSchema }).openapi("MappingForecast");

export const mappingChangeSchema = z
  .object({ version: z.int(), run: runSchema, diff: diffSchema, samples: samplesSchema })
  .openapi("MappingChange");

export const differenceSchema = z
  .object({ path: z.string(), from: z.unknown(), to: z.unknown() })
  .openapi("MappingDifference", { description: "One place in which two versions differ" });
