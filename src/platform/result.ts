/** An expected failure is a value; a bug throws. */
export type Result<T, F> = { ok: true; value: T } | { ok: false; failure: F };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function err<F>(failure: F): { ok: false; failure: F } {
  return { ok: false, failure };
}
