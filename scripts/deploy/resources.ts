import { type CloudflareApi, CloudflareError } from "./cloudflare-api.ts";
import type { Installation } from "./installation.ts";

/** What is there after `ensureResources`, and which of it was made by that call. */
export interface Resources {
  databaseIds: Map<string, string>;
  created: string[];
}

/** Finds each resource of the installation by its name and creates those that are missing. Safe to repeat at any point. */
export async function ensureResources(
  api: CloudflareApi,
  account: string,
  installation: Installation,
): Promise<Resources> {
  const at = `/accounts/${account}`;
  const created: string[] = [];
  const databaseIds = new Map(
    (await api.list<{ name: string; uuid: string }>(`${at}/d1/database`)).map(({ name, uuid }) => [name, uuid]),
  );
  for (const name of installation.databases) {
    if (databaseIds.has(name)) continue;
    const database = await api.post<{ uuid: string }>(`${at}/d1/database`, { name });
    databaseIds.set(name, database.uuid);
    created.push(`database ${name}`);
  }
  const queues = new Set((await api.list<{ queue_name: string }>(`${at}/queues`)).map(({ queue_name }) => queue_name));
  for (const queue_name of installation.queues) {
    if (queues.has(queue_name)) continue;
    await api.post(`${at}/queues`, { queue_name });
    created.push(`queue ${queue_name}`);
  }
  if (installation.bucket !== null && !(await bucketExists(api, at, installation.bucket))) {
    await api.post(`${at}/r2/buckets`, { name: installation.bucket });
    created.push(`bucket ${installation.bucket}`);
  }
  return { databaseIds, created };
}

async function bucketExists(api: CloudflareApi, at: string, bucket: string): Promise<boolean> {
  try {
    await api.get(`${at}/r2/buckets/${bucket}`);
    return true;
  } catch (error) {
    if (error instanceof CloudflareError && error.status === 404) return false;
    throw error;
  }
}

/** Names of the secrets that the worker has; none when there is no worker of that name yet. */
export async function existingSecrets(api: CloudflareApi, account: string, worker: string): Promise<Set<string>> {
  try {
    const secrets = await api.get<{ name: string }[]>(`/accounts/${account}/workers/scripts/${worker}/secrets`);
    return new Set(secrets.map(({ name }) => name));
  } catch (error) {
    if (error instanceof CloudflareError && error.status === 404) return new Set();
    throw error;
  }
}

/** The account to deploy to: the one that is named, or the only one that the token may use. */
export async function findAccount(api: CloudflareApi, named: string | undefined): Promise<string> {
  if (named) return named;
  const accounts = await api.list<{ id: string; name: string }>("/accounts");
  const [only] = accounts;
  if (accounts.length === 1 && only) return only.id;
  const choice = accounts.map(({ id, name }) => `${id} (${name})`).join(", ");
  throw new Error(
    accounts.length === 0
      ? "The token may use no account; give it the permissions listed in docs/deploy.md."
      : `The token may use several accounts; set CLOUDFLARE_ACCOUNT_ID to one of ${choice}.`,
  );
}

/** Where the worker answers on workers.dev; null when the account has no workers.dev subdomain. */
export async function workersDevUrl(api: CloudflareApi, account: string, worker: string): Promise<string | null> {
  const { subdomain } = await api.get<{ subdomain: string | null }>(`/accounts/${account}/workers/subdomain`);
  return subdomain ? `https://${worker}.${subdomain}.workers.dev` : null;
}
