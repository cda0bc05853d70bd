import type { Random } from "./random.ts";

const AREA_CODES = ["212", "310", "415", "512", "602", "702", "760", "858"];

/** A phone number the way people type them: with marks, without, abroad, with an extension, blank, or not one at all. */
export function madePhone(random: Random): string {
  const [a, b, c] = [random.pick(AREA_CODES), 200 + random.below(700), String(random.below(10000)).padStart(4, "0")];
  const styles = [
    `(${a}) ${b}-${c}`,
    `${a}-${b}-${c}`,
    `${a}.${b}.${c}`,
    `${a}${b}${c}`,
    `+1 ${a} ${b} ${c}`,
    `1-${a}-${b}-${c}`,
    `${a}-${b}-${c} ext. ${1 + random.below(900)}`,
    `${a} ${b} ${c} x${1 + random.below(900)}`,
    "+44 20 7946 0018",
    "+52 55 5555 0123",
  ];
  const roll = random.next();
  if (roll < 0.02) return "call the office";
  if (roll < 0.03) return "   ";
  if (roll < 0.04) return "";
  return random.pick(styles);
}
