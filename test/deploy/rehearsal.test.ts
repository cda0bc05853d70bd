import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CloudflareStandIn, startCloudflareStandIn, TOKEN } from "./support/cloudflare-stand-in.ts";

// `npm run deploy` as an operator runs it, with real wrangler, against a stand-in of Cloudflare's API.
let cloudflare: CloudflareStandIn;
let secretsFile: string;
const NAMES = ["rehearsal", "rehearsal-eu"];

beforeEach(async () => {
  cloudflare = await startCloudflareStandIn();
  secretsFile = join(mkdtempSync(join(tmpdir(), "deploy-")), "secrets.env");
  writeFileSync(secretsFile, "MYCASE_CLIENT_ID=id-of-the-app\nMYCASE_CLIENT_SECRET=secret-of-the-app\n");
});

afterEach(async () => {
  await cloudflare.close();
  for (const name of NAMES) {
    for (const ending of [".json", ".secrets.env", ".json.upload.env"])
      rmSync(`.deploy/${name}${ending}`, { force: true });
  }
});

interface Outcome {
  code: number | null;
  output: string;
}

function deploy(...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, ["scripts/deploy.ts", "--url", cloudflare.url, ...args], {
    env: {
      ...process.env,
      CI: "true",
      CLOUDFLARE_API_BASE_URL: `${cloudflare.url}/client/v4`,
      CLOUDFLARE_API_TOKEN: TOKEN,
      DEPLOY_READY_WITHIN_MS: "1000",
      DEPLOY_RETRY_DELAY_MS: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve) => child.on("exit", (code) => resolve({ code, output })));
}

const install = (name = "rehearsal") => deploy("--name", name, "--secrets-file", secretsFile);

// In the order in which they are reached, so that each has something of the earlier ones to build on.
const STEPS = ["POST .*/d1/database$", "POST .*/queues$", "POST .*/query$", "PUT .*/scripts/", "POST .*/consumers$"];

test("an empty account gets a running installation, though it is stopped at any kind of step; a later run changes nothing; a second name is beside it", {
  timeout: 240_000,
}, async () => {
  for (const step of STEPS) {
    cloudflare.failWhen((call) => new RegExp(step).test(call));
    const stopped = await install();
    expect(stopped.code, `${step}: ${stopped.output}`).toBe(1);
  }
  cloudflare.failWhen(null);
  const finished = await deploy("--name", "rehearsal"); // the secrets of the first run are kept
  expect(finished.output).not.toMatch(/secret-of-the-app|token-for-tests/);
  expect(finished, finished.output).toMatchObject({ code: 0 });
  expect(finished.output).toContain(`${cloudflare.url}/console`);
  const { databases, queues, scripts } = cloudflare.account;
  expect([...databases.values()].map(({ name }) => name)).toEqual(["rehearsal"]);
  expect([...queues.keys()]).toEqual(expect.arrayContaining(["rehearsal-live", "rehearsal-bulk", "rehearsal-dead"]));
  expect(scripts.get("rehearsal")?.secrets).toContain("ENCRYPTION_KEY");
  expect(existsSync(".deploy/rehearsal.json.upload.env")).toBe(false);

  const resources = [databases.size, queues.size];
  const again = await deploy("--name", "rehearsal");
  expect(again, again.output).toMatchObject({ code: 0 });
  expect([databases.size, queues.size]).toEqual(resources);
  expect(scripts.get("rehearsal")?.secrets).toContain("ENCRYPTION_KEY");
  expect(again.output).toContain("Secrets:  unchanged");

  const second = await install("rehearsal-eu");
  expect(second, second.output).toMatchObject({ code: 0 });
  expect([...databases.values()].map(({ name }) => name)).toEqual(["rehearsal", "rehearsal-eu"]);
  expect([...scripts.keys()]).toEqual(["rehearsal", "rehearsal-eu"]);
});

test("without a token, or a secret that nobody can be asked for, it says which and deploys nothing", async () => {
  const unanswered = await deploy("--name", "rehearsal");
  expect(unanswered.code).toBe(1);
  expect(unanswered.output).toContain("MYCASE_CLIENT_ID is missing");
  expect(cloudflare.account.scripts.size).toBe(0);
});
