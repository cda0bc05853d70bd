import { and, desc, eq, lt } from "drizzle-orm";
import type { Database } from "../database.ts";
import { NEXT_CONFIG_VERSION } from "../org-clock.ts";
import { mappingVersions, orgs } from "../schema/index.ts";

/** One version of an org's mapping; `document` is JSON text. */
export interface MappingVersion {
  version: number;
  document: string;
  restored_from: number | null;
  created_at: string;
}

export interface NewMapping {
  /** JSON text. */
  document: string;
  restoredFrom: number | null;
  /** The version that the change was made from; null when any will do. */
  expected: number | null;
}

export interface MappingStore {
  current(org: string): Promise<MappingVersion | null>;
  version(org: string, version: number): Promise<MappingVersion | null>;
  /** Newest first. */
  list(org: string, page: { limit: number; before: number | null }): Promise<MappingVersion[]>;
  /**
   * Stores the document as the next version and makes it the current one; derivations from older ones no longer commit.
   * Null, and nothing changed, when the newest version is another than the expected one.
   */
  add(org: string, next: NewMapping, now: Date): Promise<number | null>;
}

export function createMappingStore({ orm, d1, batch }: Database): MappingStore {
  const columns = {
    version: mappingVersions.version,
    document: mappingVersions.document,
    restored_from: mappingVersions.restored_from,
    created_at: mappingVersions.created_at,
  };
  return {
    async current(org) {
      const [row] = await orm
        .select(columns)
        .from(mappingVersions)
        .innerJoin(orgs, and(eq(orgs.id, mappingVersions.org_id), eq(orgs.mapping_version, mappingVersions.version)))
        .where(eq(mappingVersions.org_id, org));
      return row ?? null;
    },
    async version(org, version) {
      const [row] = await orm
        .select(columns)
        .from(mappingVersions)
        .where(and(eq(mappingVersions.org_id, org), eq(mappingVersions.version, version)));
      return row ?? null;
    },
    list(org, { limit, before }) {
      return orm
        .select(columns)
        .from(mappingVersions)
        .where(and(eq(mappingVersions.org_id, org), before === null ? undefined : lt(mappingVersions.version, before)))
        .orderBy(desc(mappingVersions.version))
        .limit(limit);
    },
    async add(org, { document, restoredFrom, expected }, now) {
      const newest = "(SELECT max(version) FROM mapping_versions WHERE org_id = ?1)";
      const results = await batch([
        d1
          .prepare(
            `INSERT INTO mapping_versions (org_id, version, document, restored_from, created_at)
SELECT ?1, coalesce(${newest}, 0) + 1, ?2, ?3, ?4 WHERE ?5 IS NULL OR ${newest} = ?5 RETURNING version`,
          )
          .bind(org, document, restoredFrom, now.toISOString(), expected),
        d1
          .prepare(
            `UPDATE orgs SET ${NEXT_CONFIG_VERSION}, mapping_version = ${newest}
WHERE id = ?1 AND (?2 IS NULL OR ${newest} = ?2 + 1)`,
          )
          .bind(org, expected),
      ]);
      const version = results[0]?.results[0]?.version;
      return version === undefined ? null : Number(version);
    },
  };
}
