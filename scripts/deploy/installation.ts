/** The parts of `wrangler.toml` that belong to one installation. */
export interface WranglerConfig {
  name: string;
  main: string;
  vars?: Record<string, string>;
  d1_databases: { binding: string; database_name: string; database_id: string; migrations_dir: string }[];
  queues: {
    producers: { binding: string; queue: string }[];
    consumers: ({ queue: string; dead_letter_queue?: string } & Record<string, unknown>)[];
  };
  r2_buckets?: { binding: string; bucket_name: string }[];
  [section: string]: unknown;
}

/** What one installation owns on an account; every name begins with the installation's own. */
export interface Installation {
  name: string;
  databases: string[];
  queues: string[];
  bucket: string | null;
}

const TEMPLATE_NAME = "mycase-sync";
const NAME = /^[a-z](?:[a-z0-9-]{0,40}[a-z0-9])?$/;

/** Why a name cannot be an installation's; null when it can. Queue names, the longest made from it, end at 63 characters. */
export function nameProblem(name: string): string | null {
  return NAME.test(name)
    ? null
    : "must be lower-case letters, digits and hyphens, begin with a letter, at most 42 long";
}

/** The names that the template's resources have in the installation called `name`. */
export function installationOf(
  template: WranglerConfig,
  options: { name: string; bucket: string | null },
): Installation {
  const queues = [
    ...template.queues.producers.map(({ queue }) => queue),
    ...template.queues.consumers.flatMap((consumer) => [consumer.queue, consumer.dead_letter_queue ?? consumer.queue]),
  ];
  const rename = renamer(options.name);
  return {
    name: options.name,
    databases: template.d1_databases.map((database) => rename(database.database_name)),
    queues: [...new Set(queues.map(rename))],
    bucket: options.bucket,
  };
}

/**
 * The template as the configuration of one installation. `databaseIds` by database name; paths are relative to a folder
 * one below the template's.
 */
export function configFor(
  template: WranglerConfig,
  installation: Installation,
  options: { databaseIds: ReadonlyMap<string, string>; publicUrl: string | null },
): WranglerConfig {
  const rename = renamer(installation.name);
  const { publicUrl } = options;
  return {
    ...template,
    name: installation.name,
    main: `../${template.main}`,
    vars: { ...template.vars, ...(publicUrl === null ? {} : { PUBLIC_URL: publicUrl }) },
    d1_databases: template.d1_databases.map((database) => {
      const database_name = rename(database.database_name);
      const database_id = options.databaseIds.get(database_name);
      if (database_id === undefined) throw new Error(`no id for the database ${database_name}`);
      return { ...database, database_name, database_id, migrations_dir: `../${database.migrations_dir}` };
    }),
    queues: {
      producers: template.queues.producers.map((producer) => ({ ...producer, queue: rename(producer.queue) })),
      consumers: template.queues.consumers.map((consumer) => ({
        ...consumer,
        queue: rename(consumer.queue),
        ...(consumer.dead_letter_queue === undefined ? {} : { dead_letter_queue: rename(consumer.dead_letter_queue) }),
      })),
    },
    ...(installation.bucket === null ? {} : { r2_buckets: [{ binding: "ARCHIVE", bucket_name: installation.bucket }] }),
    ...customDomain(publicUrl),
  };
}

/** A host of one's own is attached to the worker; workers.dev and loopback addresses need nothing. */
function customDomain(publicUrl: string | null): { routes?: { pattern: string; custom_domain: true }[] } {
  if (publicUrl === null) return {};
  const { hostname, protocol } = new URL(publicUrl);
  if (protocol !== "https:" || hostname.endsWith(".workers.dev")) return {};
  return { routes: [{ pattern: hostname, custom_domain: true }] };
}

function renamer(name: string): (resource: string) => string {
  return (resource) => {
    if (!resource.startsWith(TEMPLATE_NAME))
      throw new Error(`wrangler.toml: ${resource} must begin with ${TEMPLATE_NAME}`);
    return name + resource.slice(TEMPLATE_NAME.length);
  };
}
