/** A copy in ascending order of id: what comes out never tells in which order MyCase or the database listed it. */
export function byId<T>(items: readonly T[], idOf: (item: T) => number): T[] {
  return [...items].sort((one, other) => idOf(one) - idOf(other));
}
