/** The cron expressions of wrangler.toml and how often they strike; local wrangler never fires them by itself. */
const CRONS = [
  { cron: "*/5 * * * *", everyMs: 5 * 60_000 },
  { cron: "0 * * * *", everyMs: 60 * 60_000 },
];

/** Fires one cron of a local worker. */
export async function fireCron(url: string, cron: string): Promise<void> {
  const response = await fetch(`${url}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(cron)}`);
  if (!response.ok) console.error(`cron ${cron}: ${response.status} ${await response.text()}`);
}

/** Fires the crons of a local worker, the first time at once; gives what stops it. */
export function startTicker(url: string): () => void {
  const fire = (cron: string) =>
    fireCron(url, cron).catch((error: Error) => console.error(`cron ${cron}: ${error.message}`));
  const timers = CRONS.map(({ cron, everyMs }) => {
    void fire(cron);
    return setInterval(() => void fire(cron), everyMs);
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
