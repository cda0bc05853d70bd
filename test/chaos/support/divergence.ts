/** Something that must hold and does not. */
export class Divergence extends Error {
  override name = "Divergence";

  constructor(what: string, evidence: unknown = null) {
    super(evidence === null ? what : `${what}\n${JSON.stringify(evidence, null, 1).slice(0, 4000)}`);
  }
}

/** The first differences between two values that should be the same, as `path: one | other`. */
export function differences(one: unknown, other: unknown, path = ""): string[] {
  if (Object.is(one, other)) return [];
  if (isObject(one) && isObject(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].flatMap((name) => differences(one[name], other[name], `${path}/${name}`)).slice(0, 12);
  }
  return [`${path}: ${JSON.stringify(one)} | ${JSON.stringify(other)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
