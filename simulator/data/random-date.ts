import type { Random } from "./random.ts";

/** A day in the given years, as `YYYY-MM-DD`. */
export function randomDate(random: Random, firstYear: number, years: number): string {
  return `${firstYear + random.below(years)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
}

/** The day so many days after another. */
export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
