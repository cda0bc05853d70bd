import { z } from "zod";

// MyCase's documents mark few fields nullable and none required, so everything but the id may be null or missing.
// What a record can do without never costs the record (R65): only a text or a list of a wrong type makes it malformed,
// because it would otherwise look as if MyCase had cleared it.

/** Text, or null when it is null or missing. Numbers are read as their decimal form. */
export const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value)));

/** Text that the record can do without: null also when it is of a wrong type. */
export const dispensableText = text.catch(null);

const FLAGS: Record<string, boolean> = { true: true, false: false, "1": true, "0": false };

/** A flag, also as 0 and 1 or as text; `fallback` where it is missing or says neither. */
export function flag(fallback: boolean) {
  return z
    .unknown()
    .nullish()
    .transform((value) => FLAGS[String(value).toLowerCase()] ?? fallback);
}

/** MyCase's numeric id; whole, positive, exactly representable. It may come as text. */
export const mycaseId = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^[1-9]\d*$/)
      .transform(Number),
  ])
  .pipe(z.number().int().positive());

/** A list; null and missing read as empty, null entries are dropped. */
export function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item.nullable())
    .nullish()
    .transform((items) => (items ?? []).filter((entry): entry is NonNullable<typeof entry> => entry !== null));
}

/** The people or companies on a record; an entry without a usable id costs only itself. */
export function referencesOf<T extends z.ZodType>(item: T) {
  return z
    .array(z.unknown())
    .nullish()
    .transform((entries): z.output<T>[] =>
      (entries ?? []).flatMap((entry) => {
        const parsed = item.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

/** The id inside `{id}`; null when the object or its id is null or missing. */
export const reference = z
  .object({ id: mycaseId.nullish() })
  .nullish()
  .transform((value) => value?.id ?? null);
