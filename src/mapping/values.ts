/** The text exactly as MyCase has it, or null when it is blank: MyCase clears fields to null, "" or spaces (D3). */
export function presentText(value: string | null): string | null {
  return value === null || value.trim() === "" ? null : value;
}

/** A copy in ascending order of id: what comes out never tells in which order MyCase or the database listed it. */
export function byId<T>(items: readonly T[], idOf: (item: T) => number): T[] {
  return [...items].sort((a, b) => idOf(a) - idOf(b));
}
