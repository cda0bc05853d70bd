import { z } from "zod";

// MyCase's documents mark few fields nullable and none required, so everything but the id may be null or missing.
// A value of a wrong type makes the record malformed, except a number where a text is documented.

/** Text, or null when it is null or missing. Numbers are read as their decimal form. */
export const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value)));

/** A flag; null and missing read as false. */
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

/** MyCase's numeric id; whole, positive, exactly representable. */
export const mycaseId = z.number().int().positive();

/** A list of references `{id}`; null and missing read as empty, null entries are dropped. */
export function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item.nullable())
    .nullish()
    .transform((items) => (items ?? []).filter((entry): entry is NonNullable<typeof entry> => entry !== null));
}

/** The id inside `{id}`; null when the object or its id is null or missing. */
export const reference = z
  .object({ id: mycaseId.nullish() })
  .nullish()
  .transform((value) => value?.id ?? null);
