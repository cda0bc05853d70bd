import { and, eq, isNull, lt, or } from "drizzle-orm";
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

/** The claim of one request; `now` is when it was made. */
export interface Claim {
  principal: string;
  key: string;
  now: Date;
}

export interface IdempotencyStore {
  /**
   * Claims the key, or gives what is kept under it. Answers from before `since`, and unfinished requests from before
   * `leasedSince`, no longer count.
   */
  claim(claim: {
    principal: string;
    key: string;
    org: string | null;
    requestHash: string;
    now: Date;
    since: Date;
    leasedSince: Date;
  }): Promise<KeptAnswer | null>;
  /** Keeps the answer, unless the lease ended and another request took the key. */
  keep(claim: Claim, answer: { status: number; body: string; location: string | null }): Promise<void>;
  /** The request was refused or failed: the key may be used again at once. */
  release(claim: Claim): Promise<void>;
}

export function createIdempotencyStore({ orm }: Database): IdempotencyStore {
  const byKey = (principal: string, key: string) =>
    and(eq(idempotencyKeys.principal, principal), eq(idempotencyKeys.key, key));
  const claimed = ({ principal, key, now }: Claim) =>
    and(byKey(principal, key), eq(idempotencyKeys.created_at, now.toISOString()), isNull(idempotencyKeys.status));
  const outdated = (since: Date, leasedSince: Date) =>
    or(
      lt(idempotencyKeys.created_at, since.toISOString()),
      and(isNull(idempotencyKeys.status), lt(idempotencyKeys.created_at, leasedSince.toISOString())),
    );
  return {
    async claim({ principal, key, org, requestHash, now, since, leasedSince }) {
      const [, inserted, kept] = await orm.batch([
        orm.delete(idempotencyKeys).where(and(byKey(principal, key), outdated(since, leasedSince))),
        orm
          .insert(idempotencyKeys)
          .values({ principal, key, org_id: org, request_hash: requestHash, created_at: now.toISOString() })
          .onConflictDoNothing()
          .returning({ key: idempotencyKeys.key }),
        orm.select().from(idempotencyKeys).where(byKey(principal, key)),
      ]);
      return inserted.length > 0 ? null : (kept[0] ?? null);
    },
    async keep(claim, answer) {
      await orm.update(idempotencyKeys).set(answer).where(claimed(claim));
    },
    async release(claim) {
      await orm.delete(idempotencyKeys).where(claimed(claim));
    },
  };
}
