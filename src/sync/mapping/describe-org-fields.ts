import type { Database } from "../../db/database.ts";
import { readRevision, readSeenValues, type SeenValues } from "../../db/reads/field-values.ts";
import { readOptionRenames } from "../../db/reads/option-renames.ts";
import { describeFields, type FieldReport } from "../../mapping/document/describe-fields.ts";
import { mappedValues } from "../../mapping/document/mapped-places.ts";
import { BoundedMap } from "../../platform/bounded-map.ts";
import type { SyncContext } from "../context.ts";
import { currentConfig, type VersionedConfig } from "../org-config.ts";

/** Values as they were counted, and of what. */
interface Count {
  seen: SeenValues;
  /** The configuration names values of its own, and the revision rises with every change. */
  of: string;
  revision: number;
  at: number;
}

const MAX_CACHED_ORGS = 100;
const LARGE_ORG_CASES = 2_000; // counting walks over all cases: up to here it is a moment's work
const LARGE_ORG_TTL_MS = 60_000; // and from there on it is not repeated with every change

const cache = new WeakMap<Database, BoundedMap<string, Count>>();

/** The org's mappable fields with the values seen on its cases (R21). */
export async function describeOrgFields(context: SyncContext, db: Database, org: string): Promise<FieldReport[]> {
  const [versioned, revision, renames] = await Promise.all([
    currentConfig(context, org),
    readRevision(db, org),
    readOptionRenames(db, org),
  ]);
  const { values, distinct, changes } = await countedValues(context, db, { org, versioned, revision });
  return describeFields({
    document: versioned?.config.mapping?.document ?? null,
    customFields: versioned?.config.customFields ?? new Map(),
    values,
    distinct,
    changes,
    renames,
  });
}

/** From memory where nothing has changed, and for a large org also for a minute after something has. */
async function countedValues(
  context: SyncContext,
  db: Database,
  { org, versioned, revision }: { org: string; versioned: VersionedConfig | null; revision: number },
): Promise<SeenValues> {
  const counts = cache.get(db) ?? new BoundedMap<string, Count>(MAX_CACHED_ORGS);
  cache.set(db, counts);
  const of = `${versioned?.epoch} ${versioned?.config_version}`;
  const now = context.now().getTime();
  const cached = counts.get(org);
  if (cached && cached.of === of && (cached.revision === revision || isRecent(cached, now))) return cached.seen;
  const document = versioned?.config.mapping?.document ?? null;
  const seen = await readSeenValues(db, org, document ? mappedValues(document) : []);
  counts.set(org, { seen, of, revision, at: now });
  return seen;
}

function isRecent({ seen, at }: Count, now: number): boolean {
  const cases = seen.values.filter(({ field }) => field === "status").reduce((sum, { count }) => sum + count, 0);
  return cases > LARGE_ORG_CASES && now - at < LARGE_ORG_TTL_MS;
}
