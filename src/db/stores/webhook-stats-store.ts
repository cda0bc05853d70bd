import { and, eq, gte, sql } from "drizzle-orm";
import type { Database } from "../database.ts";
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

/** The honesty meter: what webhooks brought beside what they missed. */
export interface WebhookStatsStore {
  received(org: string, counts: WebhookCount[], now: Date): Promise<void>;
  /** Deletions that a sweep proved and no event had told of. */
  missedDeletions(org: string, model: string, missed: number, now: Date): Promise<void>;
  lastReceived(org: string): Promise<string | null>;
  /** Hours since then, newest first, by kind. */
  hours(org: string, since: Date): Promise<WebhookHour[]>;
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
    async lastReceived(org) {
      // The newest hour has it: looking there needs no walk over all hours.
      const row = await d1
        .prepare("SELECT last_at FROM webhook_counts WHERE org_id = ?1 ORDER BY hour DESC, last_at DESC LIMIT 1")
        .bind(org)
        .first<{ last_at: string }>();
      return row?.last_at ?? null;
    },
    async hours(org, since) {
      const from = hourOf(since);
      const [counts, misses] = await Promise.all([
        orm
          .select()
          .from(webhookCounts)
          .where(and(eq(webhookCounts.org_id, org), gte(webhookCounts.hour, from))),
        orm
          .select()
          .from(webhookMisses)
          .where(and(eq(webhookMisses.org_id, org), gte(webhookMisses.hour, from))),
      ]);
      const hours = new Map<string, WebhookHour>();
      const at = ({ hour, model }: { hour: string; model: string }) => {
        const key = `${hour} ${model}`;
        const known = hours.get(key) ?? {
          hour,
          model,
          received: 0,
          longest_wait_ms: 0,
          missed_found_by_poll: 0,
          missed_found_by_nightly: 0,
        };
        hours.set(key, known);
        return known;
      };
      for (const row of counts) {
        const hour = at(row);
        hour.received += row.received;
        hour.longest_wait_ms = Math.max(hour.longest_wait_ms, row.longest_wait_ms);
      }
      for (const row of misses) at(row)[`missed_found_by_${row.found_by}`] += row.missed;
      return [...hours.values()].sort((a, b) => b.hour.localeCompare(a.hour) || a.model.localeCompare(b.model));
    },
  };
}

function hourOf(at: Date): string {
  return `${at.toISOString().slice(0, 13)}:00:00.000Z`;
}
