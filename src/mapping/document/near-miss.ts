import type { NearMiss } from "../outcome.ts";

type Difference = Exclude<NearMiss["difference"], "several">;

const oddSpaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const invisible = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const singleQuotes = /[\u2018-\u201b\u2032\u00b4\u0060\uff07]/g;
const doubleQuotes = /[\u201c-\u201f\u2033\u00ab\u00bb\uff02]/g;

function singular(word: string): string {
  if (/[^aeiou]ies$/i.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:[sxz]|ch|sh)es$/i.test(word)) return word.slice(0, -2);
  if (/[^s]s$/i.test(word)) return word.slice(0, -1);
  return word;
}

// In the order of telling: the first one that alone explains the difference is named.
const forgive: [Difference, (text: string) => string][] = [
  ["case", (text) => text.toLowerCase()],
  ["nbsp", (text) => text.replace(invisible, "").replace(oddSpaces, " ")],
  ["dashes", (text) => text.replace(dashes, "-")],
  ["quotes", (text) => text.replace(singleQuotes, "'").replace(doubleQuotes, '"')],
  ["accents", (text) => text.normalize("NFD").replace(/\p{M}/gu, "")],
  ["plural", (text) => text.replace(/\p{L}+/gu, singular)],
  ["spaces", (text) => text.replace(/\s+/g, "")],
];

function forgiveAll(text: string): string {
  return forgive.reduce((soFar, [, apply]) => apply(soFar), text);
}

/** How two different texts differ, or null when they differ by more than writing habits. */
export function differenceOf(seen: string, expected: string): NearMiss["difference"] | null {
  for (const [difference, apply] of forgive) if (apply(seen) === apply(expected)) return difference;
  return forgiveAll(seen) === forgiveAll(expected) ? "several" : null;
}

/** Texts by what they become when every writing habit is forgiven. */
export type NearMissIndex = ReadonlyMap<string, string[]>;

export function indexNearMisses(texts: Iterable<string>): NearMissIndex {
  const index = new Map<string, string[]>();
  for (const text of new Set(texts)) {
    const forgiven = forgiveAll(text);
    const texts = index.get(forgiven);
    if (texts === undefined) index.set(forgiven, [text]);
    else texts.push(text);
  }
  return index;
}

/** The mapped text closest to an unmapped one: reported, never applied (R23, R56). */
export function findNearMiss(index: NearMissIndex, seen: string): NearMiss | null {
  let best: NearMiss | null = null;
  for (const expected of index.get(forgiveAll(seen)) ?? []) {
    if (expected === seen) continue;
    const difference = differenceOf(seen, expected) ?? "several";
    if (best === null || rank(difference, expected) < rank(best.difference, best.expected))
      best = { expected, difference };
  }
  return best;
}

function rank(difference: NearMiss["difference"], expected: string): string {
  const place = forgive.findIndex(([name]) => name === difference);
  return `${place === -1 ? forgive.length : place} ${expected}`;
}
