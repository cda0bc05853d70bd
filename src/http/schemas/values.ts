import { z } from "@hono/zod-openapi";

// Properties of answers. Each takes the sentence that the reference shows for it.

export const text = (description: string) => z.string().openapi({ description });
export const nullableText = (description: string) => z.string().nullable().openapi({ description });
export const int = (description: string) => z.int().openapi({ description });
export const nullableInt = (description: string) => z.int().nullable().openapi({ description });
export const flag = (description: string) => z.boolean().openapi({ description });
export const anything = (description: string) => z.unknown().openapi({ description });

/** A time, ISO 8601 UTC. */
export const instant = (description: string) => z.string().openapi({ description, ...INSTANT });
export const nullableInstant = (description: string) =>
  z
    .string()
    .nullable()
    .openapi({ description, ...INSTANT });
const INSTANT = { format: "date-time", example: "2026-11-23T17:00:00.000Z" };

/** A plain date, `YYYY-MM-DD`. */
export const nullableDate = (description: string) =>
  z.string().nullable().openapi({ description, format: "date", example: "2026-01-31" });

/** One of a fixed set of words. */
export const oneOf = <const W extends readonly [string, ...string[]]>(words: W, description: string) =>
  z.enum(words).openapi({ description });
