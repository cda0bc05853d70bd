import type { NearMiss, Value } from "../../outcome.ts";

/** A value as a sentence shows it. */
export function quoteValue(value: Value): string {
  return value === null ? "blank" : JSON.stringify(value);
}

/** The first few values, for a sentence. */
export function formatValues(values: readonly Value[]): string {
  const shown = values.slice(0, 5).map(quoteValue).join(", ");
  return values.length > 5 ? `${shown} and ${values.length - 5} more` : shown;
}

const differences: Record<NearMiss["difference"], string> = {
  case: "upper and lower case",
  spaces: "spaces",
  dashes: "the kind of dash",
  quotes: "the kind of quote mark",
  nbsp: "an invisible or non-breaking space",
  accents: "accents",
  plural: "singular and plural",
  several: "several small differences",
};

/** A sentence that names the near miss, with a space behind it; empty without one. */
export function describeNearMiss(nearMiss: NearMiss | null): string {
  if (nearMiss === null) return "";
  return `It differs from the mapped ${quoteValue(nearMiss.expected)} only by ${differences[nearMiss.difference]}. `;
}
