import { and, gte, sql } from "drizzle-orm";
import type { Database } from "../database.ts";
import { inOrgs } from "../in-orgs.ts";
import { webhookCounts, webhookMisses } from "../schema/index.ts";

/** Deliveries of one kind in one hour. */
export interface WebhookCount {
  model: string;
  action: string;
  recognised: boolean;
  received: number;
  longest_wait_ms: number;
}

/** What webhooks told of one kind of record in one hour (ISO 8601 UTC), and what polls and nightlies had to find. */
export interface WebhookHour {
  hour: string;
  model: string;
  received: number;
  /** The longest that one of them waited in the queue. */
  longest_wait_ms: number;
  missed_found_by_poll: number;
  missed_found_by_nightly: number;
}

/** Webhook delivery statistics: what webhooks brought beside what they missed. */
export interface WebhookStatsStore {
  received(org: string, counts: WebhookCount[], now: Date): Promise<void>;
  /** Deletions that a sweep proved and no event had told of. */
  missedDeletions(org: string, model: string, missed: number, now: Date): Promise<void>;
  /** When the last delivery came, of each org that had any. */
  lastReceived(orgs: string[]): Promise<Map<string, string>>;
  /** Hours since then of each org that has any, newest first, by kind. */
  hours(orgs: string[], since: Date): Promise<Map<string, WebhookHour[]>>;
}

export function createWebhookStatsStore({ orm, d1 }: Database): WebhookStatsStore {
  return {
    async received(org, counts, now) {
      const last_at = now.toISOString();
      for (const one of counts) {
        await orm
          .insert(webhookCounts)
          .values({ ...one, org_id: org, hour: hourOf(now), last_at })
          .onConflictDoUpdate({
            target: [webhookCounts.org_id, webhookCounts.hour, webhookCounts.model, webhookCounts.action],
            set: {
              received: sql`${webhookCounts.received} + ${one.received}`,
              longest_wait_ms: sql`max(${webhookCounts.longest_wait_ms}, ${one.longest_wait_ms})`,
              last_at,
            },
          });
      }
    },
    async missedDeletions(org, model, missed, now) {
      if (missed === 0) return;
      await orm
        .insert(webhookMisses)
        .values({ org_id: org, hour: hourOf(now), model, found_by: "nightly", missed })
        .onConflictDoUpdate({
          target: [webhookMisses.org_id, webhookMisses.hour, webhookMisses.model, webhookMisses.found_by],
          set: { missed: sql`${webhookMisses.missed} + ${missed}` },
        });
    },
    async lastReceived(orgs) {
      // The newest hour has it: looking there needs no walk over all hours.
      const { results } = await d1
        .prepare(
          `SELECT o.value AS org, (SELECT w.last_at FROM webhook_counts w WHERE w.org_id = o.value
             ORDER BY w.hour DESC, w.last_at DESC LIMIT 1) AS last_at FROM json_each(?1) o`,
        )
        .bind(JSON.stringify(orgs))
        .all<{ org: string; last_at: string | null }>();
      return new Map(results.flatMap(({ org, last_at }) => (last_at === null ? [] : [[org, last_at]])));
    },
    async hours(orgs, since) {
      const from = hourOf(since);
      const [counts, misses] = await Promise.all([
        orm
          .select()
          .from(webhookCounts)
          .where(and(inOrgs(webhookCounts.org_id, orgs), gte(webhookCounts.hour, from))),
        orm
          .select()
          .from(webhookMisses)
          .where(and(inOrgs(webhookMisses.org_id, orgs), gte(webhookMisses.hour, from))),
      ]);
      const missesOf = Map.groupBy(misses, (row) => row.org_id);
      const countsOf = Map.groupBy(counts, (row) => row.org_id);
      const present = orgs.filter((org) => countsOf.has(org) || missesOf.has(org));
      return new Map(present.map((org) => [org, hoursOf(countsOf.get(org) ?? [], missesOf.get(org) ?? [])]));
    },
  };
}

type CountRow = typeof webhookCounts.$inferSelect;
type MissRow = typeof webhookMisses.$inferSelect;

function hoursOf(counts: CountRow[], misses: MissRow[]): WebhookHour[] {
  const hours = new Map<string, WebhookHour>();
  const at = ({ hour, model }: { hour: string; model: string }) => {
    const key = `${hour} ${model}`;
    const row = hours.get(key) ?? {
      hour,
      model,
      received: 0,
      longest_wait_ms: 0,
      missed_found_by_poll: 0,
      missed_found_by_nightly: 0,
    };
    hours.set(key, row);
    return row;
  };
  for (const row of counts) {
    const hour = at(row);
    hour.received += row.received;
    hour.longest_wait_ms = Math.max(hour.longest_wait_ms, row.longest_wait_ms);
  }
  for (const row of misses) at(row)[`missed_found_by_${row.found_by}`] += row.missed;
  return [...hours.values()].sort((a, b) => b.hour.localeCompare(a.hour) || a.model.localeCompare(b.model));
}

function hourOf(at: Date): string {
  return `${at.toISOString().slice(0, 13)}:00:00.000Z`;
}
