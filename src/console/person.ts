interface Named {
  first_name: string | null;
  last_name: string | null;
}

/** "Ada Byron", as far as there are names. */
export function nameOf({ first_name, last_name }: Named): string {
  return [first_name, last_name].filter((part) => part !== null).join(" ") || "no name";
}
