import fc from "fast-check";

/** Texts that have broken somebody's API. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "../../etc/passwd",
    "%",
    "%zz",
    "%00",
    "%C0%AF",
    "' OR 1=1 --",
    "'; DROP TABLE projects; --",
    '"><script>alert(1)</script>',
    "{{7*7}}",
    "__proto__",
    "constructor",
    "toString",
    "\uD800",
    "\uFFFE\uFEFF",
    "🧨".repeat(50),
    "ﷺ",
    "-1",
    "0",
    "1e309",
    "9007199254740993",
    "NaN",
    "null",
    "true",
    "[object Object]",
    "x".repeat(5_000),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const hostileKey = fc.constantFrom("__proto__", "constructor", "id", "name", "kind", "fields", "", "a.b", "$where");

/** JSON of any shape, with hostile leaves and keys. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    hostileText,
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, [], {}),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(hostileKey, tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** `[[[[...]]]]`, deeper than a careless parser's stack. */
export function deepJson(depth: number): string {
  return `${"[".repeat(depth)}${"]".repeat(depth)}`;
}

/** The value with one place in it replaced. */
export function mutated(value: unknown, random: { pick: number; replacement: unknown }): unknown {
  const places = placesOf(value);
  const place = places[random.pick % places.length] ?? [];
  return replaced(value, place, random.replacement);
}

type Place = (string | number)[];

function placesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, item]) => placesOf(item, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: Place, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, i) => (String(i) === key ? replaced(item, rest, replacement) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: replaced(record[key], rest, replacement) };
}
