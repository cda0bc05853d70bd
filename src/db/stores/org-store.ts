import { and, asc, eq, gt, isNull, ne, or, sql } from "drizzle-orm";
import type { Database } from "../database.ts";
import { nextConfigVersion } from "../org-clock.ts";
import { orgs } from "../schema/index.ts";

export interface Org {
  id: string;
  name: string;
  timezone: string;
  default_country: string;
  pull_lead_objects: boolean;
  created_at: string;
}

/** What may be changed of an org. */
export type OrgPatch = Partial<Pick<Org, "name" | "timezone" | "default_country" | "pull_lead_objects">>;

export interface OrgStore {
  /** False when the id is taken. */
  create(org: Org): Promise<boolean>;
  get(id: string): Promise<Org | null>;
  /** Every id, in their order. */
  ids(): Promise<string[]>;
  list(page: { limit: number; after: string | null }): Promise<Org[]>;
  update(id: string, patch: OrgPatch): Promise<void>;
}

const columns = {
  id: orgs.id,
  name: orgs.name,
  timezone: orgs.timezone,
  default_country: orgs.default_country,
  pull_lead_objects: orgs.pull_lead_objects,
  created_at: orgs.created_at,
};

export function createOrgStore({ orm }: Database): OrgStore {
  return {
    async create(org) {
      const created = await orm
        .insert(orgs)
        .values({ ...org, epoch: crypto.randomUUID() })
        .onConflictDoNothing()
        .returning({ id: orgs.id });
      return created.length > 0;
    },
    async get(id) {
      const [row] = await orm
        .select(columns)
        .from(orgs)
        .where(and(eq(orgs.id, id), isNull(orgs.purging_at)));
      return row ?? null;
    },
    async ids() {
      const rows = await orm.select({ id: orgs.id }).from(orgs).where(isNull(orgs.purging_at)).orderBy(asc(orgs.id));
      return rows.map((row) => row.id);
    },
    list({ limit, after }) {
      return orm
        .select(columns)
        .from(orgs)
        .where(and(isNull(orgs.purging_at), after === null ? undefined : gt(orgs.id, after)))
        .orderBy(asc(orgs.id))
        .limit(limit);
    },
    async update(id, patch) {
      if (Object.keys(patch).length === 0) return;
      const { default_country: country, pull_lead_objects: leads } = patch;
      const changes = [
        country === undefined ? undefined : ne(orgs.default_country, country),
        leads === undefined ? undefined : ne(orgs.pull_lead_objects, leads),
      ];
      const statements = [
        orm
          .update(orgs)
          .set(nextConfigVersion)
          .where(and(eq(orgs.id, id), or(...changes, sql`false`))),
        orm.update(orgs).set(patch).where(eq(orgs.id, id)),
      ] as const;
      await orm.batch(statements);
    },
  };
}
