import type { OrgViewer } from "./layout.tsx";

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "5 minutes ago", or "in 3 days". */
function ago(at: Date, now: Date): string {
  const difference = at.getTime() - now.getTime();
  const [unit, ms] = UNITS.find(([, length]) => Math.abs(difference) >= length) ?? UNITS[3];
  return relative.format(Math.trunc(difference / ms), unit);
}

/** A time relative to now; the exact one, in the org's zone, shows on hover and is read out. */
export function Time({ at, viewer }: { at: string | null; viewer: OrgViewer }) {
  if (at === null) return <span class="soft">never</span>;
  const date = new Date(at);
  const exact = new Intl.DateTimeFormat("en-US", {
    dateStyle: "medium",
    timeStyle: "long",
    timeZone: viewer.timezone,
  }).format(date);
  return (
    <time dateTime={at} title={exact} class="soft">
      {ago(date, viewer.now)}
    </time>
  );
}
