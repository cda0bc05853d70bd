const dateAtStart = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ]\d)/;

/**
 * Reads a calendar date as written (R30): `YYYY-MM-DD`, or the date part of an ISO timestamp, never shifted by a zone.
 * Blank is null; anything that is not a calendar date is "invalid".
 */
export function readPlainDate(text: string | null): string | null | "invalid" {
  const trimmed = text === null ? "" : text.trim();
  if (trimmed === "") return null;
  const match = dateAtStart.exec(trimmed);
  if (match === null) return "invalid";
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return "invalid";
  return trimmed.slice(0, 10);
}

/** The date, with null for an invalid one. */
export function plainDate(text: string | null): string | null {
  const read = readPlainDate(text);
  return read === "invalid" ? null : read;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
