import type { ConfigStore, StoredConfig } from "../db/stores/config-store.ts";
import { type MappingDocument, mappingDocument } from "../mapping/document.ts";
import type { FirmConfig } from "../mapping/facts.ts";
import { customFieldWire, namedWire } from "../mycase/wire/lists.ts";
import type { SyncContext } from "./context.ts";

/** A firm's configuration and the version that dates it. */
export interface DatedConfig {
  config_version: number;
  config: FirmConfig;
}

const LARGEST_CACHE = 200;
const cache = new WeakMap<ConfigStore, Map<string, DatedConfig>>();

/** The firm's configuration, no older than `atLeast`; kept in memory, because it changes rarely and every job needs it. */
export async function firmConfig(configs: ConfigStore, org: string, atLeast: number): Promise<DatedConfig | null> {
  const known = cache.get(configs) ?? new Map<string, DatedConfig>();
  cache.set(configs, known);
  const cached = known.get(org);
  if (cached && cached.config_version >= atLeast) return cached;
  const stored = await configs.load(org);
  if (!stored) return null;
  const dated = { config_version: stored.config_version, config: parseConfig(stored) };
  if (known.size >= LARGEST_CACHE) known.clear();
  known.set(org, dated);
  return dated;
}

/** The firm's configuration as it is now: for decisions that no commit checks, where this isolate's memory may be too old. */
export async function currentConfig(
  { orgs, configs }: Pick<SyncContext, "orgs" | "configs">,
  org: string,
): Promise<DatedConfig | null> {
  const versions = await orgs.configVersion(org);
  return versions && firmConfig(configs, org, versions.config);
}

function parseConfig(stored: StoredConfig): FirmConfig {
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
