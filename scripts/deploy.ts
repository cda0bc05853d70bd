import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { experimental_readRawConfig as readRawConfig } from "wrangler";
import { createCloudflareApi } from "./deploy/cloudflare-api.ts";
import { type DeployOptions, readOptions, USAGE } from "./deploy/deploy-options.ts";
import { configFor, installationOf, type WranglerConfig } from "./deploy/installation.ts";
import { ensureResources, existingSecrets, findAccount, workersDevUrl } from "./deploy/resources.ts";
import { collectSecrets, terminalPrompt, writeEnvFile } from "./deploy/secrets.ts";
import { runWrangler } from "./wrangler.ts";

// The real deployment, from an empty account or over an existing one. Every step looks at what is there first, so that a
// deployment stopped anywhere is finished by running it again.
const FOLDER = ".deploy";
const READY_WITHIN_MS = Number(process.env.DEPLOY_READY_WITHIN_MS ?? 120_000);
const READY_EVERY_MS = 2_000;
const CLOUDFLARE_API = "https://api.cloudflare.com/client/v4";

async function deploy(options: DeployOptions): Promise<void> {
  const token = process.env.CLOUDFLARE_API_TOKEN;
  if (!token) throw new Error(`CLOUDFLARE_API_TOKEN is not set.\n\n${USAGE}`);
  const api = createCloudflareApi({
    baseUrl: process.env.CLOUDFLARE_API_BASE_URL ?? CLOUDFLARE_API,
    token,
    retryDelayMs: Number(process.env.DEPLOY_RETRY_DELAY_MS ?? 1_000),
  });
  const template = readRawConfig({ config: "wrangler.toml" }).rawConfig as unknown as WranglerConfig;
  const installation = installationOf(template, options);
  mkdirSync(FOLDER, { recursive: true });

  const account = await findAccount(api, process.env.CLOUDFLARE_ACCOUNT_ID);
  step(`Account ${account}: databases, queues${installation.bucket === null ? "" : ", bucket"}`);
  const { databaseIds, created } = await ensureResources(api, account, installation);
  for (const resource of created) step(`  created ${resource}`);

  step("Secrets");
  const existing = await existingSecrets(api, account, installation.name);
  const keptIn = `${FOLDER}/${installation.name}.secrets.env`;
  const file = options.secretsFile;
  const secrets = await collectSecrets({ existing, file, keptIn, ask: terminalPrompt() });

  const url = options.url ?? (await workersDevUrl(api, account, installation.name));
  if (url === null)
    throw new Error("The account has no workers.dev subdomain: make one in the dashboard, or pass --url.");
  const config = `${FOLDER}/${installation.name}.json`;
  writeFileSync(config, JSON.stringify(configFor(template, installation, { databaseIds, publicUrl: url }), null, 2));
  const env = { CLOUDFLARE_ACCOUNT_ID: account };

  for (const { binding, database_name } of template.d1_databases) {
    step(`Migrations of ${binding} (${database_name})`);
    await runWrangler(["d1", "migrations", "apply", binding, "--remote", "--config", config], { env });
  }
  step(`Worker ${installation.name}`);
  await uploadWorker(config, secrets, env);
  step(`Waiting for ${url}/ready`);
  await untilReady(url);
  console.log(nextSteps(url, keptIn, "ADMIN_API_KEY" in secrets));
}

/** Code and secrets go up in one call: no version of the worker runs without its secrets. */
async function uploadWorker(
  config: string,
  secrets: Record<string, string>,
  env: Record<string, string>,
): Promise<void> {
  const upload = `${config}.upload.env`;
  const args = ["deploy", "--config", config];
  if (Object.keys(secrets).length === 0) return runWrangler(args, { env });
  writeEnvFile(upload, secrets);
  try {
    await runWrangler([...args, "--secrets-file", upload], { env });
  } finally {
    rmSync(upload, { force: true });
  }
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (let last = "no answer"; ; ) {
    try {
      const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(10_000) });
      if (response.ok) return;
      last = `${response.status} ${(await response.text()).slice(0, 500)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline) throw new Error(`The worker is deployed, but ${url}/ready says: ${last}`);
    await wait(READY_EVERY_MS);
  }
}

function nextSteps(url: string, keptIn: string, newAdminKey: boolean): string {
  return `
Ready:    ${url}
Console:  ${url}/console
Secrets:  ${newAdminKey ? `new ones are in ${keptIn}: store them in your password manager, then delete the file` : "unchanged"}

Next:
  1. Register ${url}/oauth/mycase/callback as the redirect address of your MyCase app.
  2. Create the firm:  curl -X POST ${url}/v1/orgs -H "Authorization: Bearer $ADMIN_API_KEY" \\
       -H "content-type: application/json" -d '{"id":"acme","name":"Acme Law","timezone":"America/New_York"}'
  3. Connect it on ${url}/console/orgs/acme and set its mapping: docs/deploy.md, "The first day".`;
}

function step(text: string): void {
  console.log(text);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.dryRun) await runWrangler(["deploy", "--dry-run", "--outdir", "dist"], { show: true });
  else await deploy(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
