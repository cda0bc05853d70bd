import { readFileSync } from "node:fs";

const MINUTE_MS = 60_000;

/** The cron expressions of wrangler.toml; local wrangler never fires them by itself. */
export function cronExpressions(toml = readFileSync("wrangler.toml", "utf8")): string[] {
  const list = /^crons = (\[.*\])$/m.exec(toml)?.[1];
  if (list === undefined) throw new Error("wrangler.toml has no line with crons");
  return JSON.parse(list) as string[];
}

/** How often an expression fires: every so many minutes, or every hour. */
export function intervalMs(cron: string): number {
  const everyMinutes = /^\*\/(\d+) \* \* \* \*$/.exec(cron)?.[1];
  if (everyMinutes !== undefined) return Number(everyMinutes) * MINUTE_MS;
  if (/^\d+ \* \* \* \*$/.test(cron)) return 60 * MINUTE_MS;
  throw new Error(`${cron} fires neither every so many minutes nor every hour`);
}

/** Fires one cron of a local worker. */
export async function fireCron(url: string, cron: string): Promise<void> {
  const response = await fetch(`${url}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(cron)}`);
  if (!response.ok) console.error(`cron ${cron}: ${response.status} ${await response.text()}`);
}

/** Fires the crons of a local worker, the first time at once; returns what stops it. */
export function startTicker(url: string): () => void {
  const fire = (cron: string) =>
    fireCron(url, cron).catch((error: Error) => console.error(`cron ${cron}: ${error.message}`));
  const timers = cronExpressions().map((cron) => {
    void fire(cron);
    return setInterval(() => void fire(cron), intervalMs(cron));
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
