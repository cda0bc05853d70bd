const MAX_FRAMES = 6;

/** What kind of error it is, for logs and answers: never its message, which may quote a record. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Where an error was thrown, without its message; null for what is no Error. */
export function stackFrames(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const lines = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return lines.slice(0, MAX_FRAMES).join(" <- ").trim();
}
