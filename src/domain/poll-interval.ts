/** How often every connected org is polled; the cron expression in wrangler.toml has to say the same. */
export const POLL_INTERVAL_MS = 5 * 60 * 1000;
