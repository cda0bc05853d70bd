import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../database.ts";
import { mappingVersions, mycaseCustomFields, mycasePeopleGroups, orgs } from "../schema/index.ts";

/** Tells one state of an org's configuration from every other. */
export interface ConfigVersion {
  config_version: number;
  /** Another one for each org that had the same id; null for orgs from before there were epochs. */
  epoch: string | null;
}

/** What derivation reads of an org beside its records, as it stands in the database. */
export interface StoredConfig extends ConfigVersion {
  country: string;
  pull_lead_objects: boolean;
  /** The mapping document as JSON text. */
  mapping: { version: number; document: string } | null;
  /** Records of the mirror, as JSON text. */
  groups: string[];
  custom_fields: string[];
}

export type ConfigStore = ReturnType<typeof createConfigStore>;

export function createConfigStore({ orm }: Database) {
  return {
    /** Null when there is no such org. */
    async load(org: string): Promise<StoredConfig | null> {
      const [[row], [mapping], groups, fields] = await orm.batch([
        orm
          .select()
          .from(orgs)
          .where(and(eq(orgs.id, org), isNull(orgs.purging_at))),
        orm
          .select({ version: mappingVersions.version, document: mappingVersions.document })
          .from(mappingVersions)
          .innerJoin(orgs, and(eq(orgs.id, mappingVersions.org_id), eq(orgs.mapping_version, mappingVersions.version)))
          .where(eq(mappingVersions.org_id, org)),
        orm
          .select({ record: mycasePeopleGroups.record })
          .from(mycasePeopleGroups)
          .where(and(eq(mycasePeopleGroups.org_id, org), eq(mycasePeopleGroups.state, "present"))),
        orm
          .select({ record: mycaseCustomFields.record })
          .from(mycaseCustomFields)
          .where(and(eq(mycaseCustomFields.org_id, org), eq(mycaseCustomFields.state, "present"))),
      ]);
      if (!row) return null;
      return {
        config_version: row.config_version,
        epoch: row.epoch,
        country: row.default_country,
        pull_lead_objects: row.pull_lead_objects,
        mapping: mapping ?? null,
        groups: groups.flatMap(({ record }) => record ?? []),
        custom_fields: fields.flatMap(({ record }) => record ?? []),
      };
    },
  };
}
