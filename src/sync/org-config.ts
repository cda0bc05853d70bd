import type { ConfigStore, ConfigVersion, StoredConfig } from "../db/stores/config-store.ts";
import { type MappingDocument, mappingDocument } from "../mapping/document/schema.ts";
import type { OrgConfig } from "../mapping/facts.ts";
import { customFieldWire, namedWire } from "../mycase/wire/lists.ts";
import { BoundedMap } from "../platform/bounded-map.ts";
import type { SyncContext } from "./context.ts";

/** An org's configuration and the version of it. */
export interface VersionedConfig extends ConfigVersion {
  config: OrgConfig;
}

const MAX_CACHED_ORGS = 200;
const cache = new WeakMap<ConfigStore, BoundedMap<string, VersionedConfig>>();

/**
 * The org's configuration, cached because it changes rarely and every message needs it. The cached one is used for
 * exactly its version: versions fall when an org is deleted and made anew, or the database is restored.
 */
export async function orgConfig(
  configs: ConfigStore,
  org: string,
  version: ConfigVersion,
): Promise<VersionedConfig | null> {
  const orgs = cache.get(configs) ?? new BoundedMap<string, VersionedConfig>(MAX_CACHED_ORGS);
  cache.set(configs, orgs);
  const cached = orgs.get(org);
  if (cached && cached.config_version === version.config_version && cached.epoch === version.epoch) return cached;
  const stored = await configs.load(org);
  if (!stored) return null;
  const versioned = { config_version: stored.config_version, epoch: stored.epoch, config: parseConfig(stored) };
  orgs.set(org, versioned);
  return versioned;
}

/** The org's configuration as it is now: for decisions that no commit checks. */
export async function currentConfig(
  { orgs, configs }: Pick<SyncContext, "orgs" | "configs">,
  org: string,
): Promise<VersionedConfig | null> {
  const version = await orgs.configVersion(org);
  return version && orgConfig(configs, org, version);
}

function parseConfig(stored: StoredConfig): OrgConfig {
  const groups = stored.groups.map((record) => namedWire.parse(JSON.parse(record)));
  const fields = stored.custom_fields.map((record) => customFieldWire.parse(JSON.parse(record)));
  return {
    mapping: stored.mapping && { version: stored.mapping.version, document: parseMapping(stored.mapping.document) },
    country: stored.country,
    pullLeadObjects: stored.pull_lead_objects,
    groups: new Map(groups.flatMap((group) => (group.name === null ? [] : [[group.id, group.name] as const]))),
    customFields: new Map(fields.map((field) => [field.id, field])),
  };
}

export function parseMapping(text: string): MappingDocument {
  return mappingDocument.parse(JSON.parse(text));
}
