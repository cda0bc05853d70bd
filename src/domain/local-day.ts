const formatters = new Map<string, Intl.DateTimeFormat>(); // making one costs more than a hundred uses

/** The calendar day in an IANA time zone, as `YYYY-MM-DD`. */
export function localDay(at: Date, timezone: string): string {
  const cached = formatters.get(timezone) ?? createFormatter(timezone);
  formatters.set(timezone, cached);
  return cached.format(at);
}

function createFormatter(timezone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-CA", { timeZone: timezone, year: "numeric", month: "2-digit", day: "2-digit" });
}
