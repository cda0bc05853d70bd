/** The calendar day in an IANA time zone, as `YYYY-MM-DD`. */
export function localDay(at: Date, timezone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(at);
}
