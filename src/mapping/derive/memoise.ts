/** Remembers what was made for each id. */
export function memoise<T>(make: (id: number) => T): (id: number) => T {
  const made = new Map<number, T>();
  return (id) => {
    const cached = made.get(id);
    if (cached !== undefined) return cached;
    const fresh = make(id);
    made.set(id, fresh);
    return fresh;
  };
}
