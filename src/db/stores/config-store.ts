import { and, eq } from "drizzle-orm";
import type { Database } from "../database.ts";
import { mappingVersions, mycaseCustomFields, mycasePeopleGroups, orgs } from "../schema/index.ts";

/** What derivation is told about a firm, as it stands in the database; `config_version` dates it. */
export interface StoredConfig {
  config_version: number;
  country: string;
  pull_lead_objects: boolean;
  /** The mapping document as JSON text. */
  mapping: { version: number; document: string } | null;
  /** Records of the mirror, as JSON text. */
  groups: string[];
  custom_fields: string[];
}

export interface ConfigStore {
  /** Null when there is no such org. */
  load(org: string): Promise<StoredConfig | null>;
}

export function createConfigStore({ orm }: Database): ConfigStore {
  return {
    async load(org) {
      const [found, mapping, groups, fields] = await orm.batch([
        orm.select().from(orgs).where(eq(orgs.id, org)),
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
      const row = found[0];
      if (!row) return null;
      return {
        config_version: row.config_version,
        country: row.default_country,
        pull_lead_objects: row.pull_lead_objects,
        mapping: mapping[0] ?? null,
        groups: groups.flatMap((one) => one.record ?? []),
        custom_fields: fields.flatMap((one) => one.record ?? []),
      };
    },
  };
}
