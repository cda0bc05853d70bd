import type { ConfigStore, StoredConfig } from "../db/stores/config-store.ts";
import { type MappingDocument, mappingDocument } from "../mapping/document/schema.ts";
import type { OrgConfig } from "../mapping/facts.ts";
import { customFieldWire, namedWire } from "../mycase/wire/lists.ts";
import type { SyncContext } from "./context.ts";

/** A firm's configuration and the version that dates it. */
export interface VersionedConfig {
  config_version: number;
  config: OrgConfig;
}

const MAX_CACHED_ORGS = 200;
const cache = new WeakMap<ConfigStore, Map<string, VersionedConfig>>();

/** The firm's configuration, no older than `atLeast`; kept in memory, because it changes rarely and every job needs it. */
export async function orgConfig(configs: ConfigStore, org: string, atLeast: number): Promise<VersionedConfig | null> {
  const known = cache.get(configs) ?? new Map<string, VersionedConfig>();
  cache.set(configs, known);
  const cached = known.get(org);
  if (cached && cached.config_version >= atLeast) return cached;
  const stored = await configs.load(org);
  if (!stored) return null;
  const dated = { config_version: stored.config_version, config: parseConfig(stored) };
  if (known.size >= MAX_CACHED_ORGS) known.clear();
  known.set(org, dated);
  return dated;
}

/** The firm's configuration as it is now: for decisions that no commit checks, where this isolate's memory may be too old. */
export async function currentConfig(
  { orgs, configs }: Pick<SyncContext, "orgs" | "configs">,
  org: string,
): Promise<VersionedConfig | null> {
  const versions = await orgs.configVersion(org);
  return versions && orgConfig(configs, org, versions.config);
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
