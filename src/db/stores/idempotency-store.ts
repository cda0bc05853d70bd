import { and, eq, lt } from "drizzle-orm";
import type { Database } from "../database.ts";
import { idempotencyKeys } from "../schema/index.ts";

/** The answer to a write that may be repeated; `body` is sealed. */
export interface KeptAnswer {
  request_hash: string;
  /** Null: the first request is still under way. */
  status: number | null;
  body: string | null;
  location: string | null;
}

export interface IdempotencyStore {
  /** Claims the key, or gives what is kept under it. Keys older than `since` may be claimed again. */
  claim(claim: {
    principal: string;
    key: string;
    org: string | null;
    requestHash: string;
    now: Date;
    since: Date;
  }): Promise<KeptAnswer | null>;
  keep(
    principal: string,
    key: string,
    answer: { status: number; body: string; location: string | null },
  ): Promise<void>;
  /** The request failed on our side: the key may be used again at once. */
  release(principal: string, key: string): Promise<void>;
}

export function createIdempotencyStore({ orm }: Database): IdempotencyStore {
  const one = (principal: string, key: string) =>
    and(eq(idempotencyKeys.principal, principal), eq(idempotencyKeys.key, key));
  return {
    async claim({ principal, key, org, requestHash, now, since }) {
      const [, claimed, kept] = await orm.batch([
        orm
          .delete(idempotencyKeys)
          .where(and(one(principal, key), lt(idempotencyKeys.created_at, since.toISOString()))),
        orm
          .insert(idempotencyKeys)
          .values({ principal, key, org_id: org, request_hash: requestHash, created_at: now.toISOString() })
          .onConflictDoNothing()
          .returning({ key: idempotencyKeys.key }),
        orm.select().from(idempotencyKeys).where(one(principal, key)),
      ]);
      return claimed.length > 0 ? null : (kept[0] ?? null);
    },
    async keep(principal, key, answer) {
      await orm.update(idempotencyKeys).set(answer).where(one(principal, key));
    },
    async release(principal, key) {
      await orm.delete(idempotencyKeys).where(one(principal, key));
    },
  };
}
