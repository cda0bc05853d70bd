/** What a log line may carry: ids, codes, counts, durations. Never names, addresses, phone numbers or tokens. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes one wide JSON line. */
export function log(level: "info" | "warn" | "error", event: string, fields: LogFields): void {
  const line = JSON.stringify({ level, event, at: new Date().toISOString(), ...fields });
  if (level === "error") console.error(line);
  else if (level === "warn") console.warn(line);
  else console.log(line);
}
