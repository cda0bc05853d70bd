/** Something that must hold and does not. */
export class Divergence extends Error {
  override name = "Divergence";

  constructor(what: string, evidence: unknown = null) {
    super(evidence === null ? what : `${what}\n${JSON.stringify(evidence, null, 1).slice(0, 4000)}`);
  }
}

/** The first differences between two values that should be the same, as `path: left | right`. */
export function differences(left: unknown, right: unknown, path = ""): string[] {
  if (Object.is(left, right)) return [];
  if (isObject(left) && isObject(right)) {
    const names = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...names].flatMap((name) => differences(left[name], right[name], `${path}/${name}`)).slice(0, 12);
  }
  return [`${path}: ${JSON.stringify(left)} | ${JSON.stringify(right)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
