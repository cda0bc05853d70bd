import { parseArgs } from "node:util";
import { nameProblem } from "./installation.ts";

export interface DeployOptions {
  name: string;
  dryRun: boolean;
  secretsFile: string | null;
  /** The R2 bucket for archived ledgers; null: none. */
  bucket: string | null;
  /** Where the worker is reached, when that is not its workers.dev address. */
  url: string | null;
}

export const USAGE = `npm run deploy -- [--name NAME] [--secrets-file FILE] [--bucket BUCKET] [--url https://HOST] [--dry-run]

  --name          the installation; another name makes a second one beside the first (default mycase-sync)
  --secrets-file  an env file with MYCASE_CLIENT_ID and MYCASE_CLIENT_SECRET; nothing is asked
  --bucket        an R2 bucket for archived ledger entries
  --url           a host of your own, on a zone of the same account, instead of workers.dev
  --dry-run       builds the worker only; needs no account

CLOUDFLARE_API_TOKEN must be set; its permissions are listed in docs/deploy.md.`;

/** Throws an error that says what to type instead. */
export function readOptions(args: string[]): DeployOptions {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string", default: "mycase-sync" },
      "dry-run": { type: "boolean", default: false },
      "secrets-file": { type: "string" },
      bucket: { type: "string" },
      url: { type: "string" },
    },
  });
  const problem = nameProblem(values.name);
  if (problem) throw new Error(`--name ${problem}`);
  if (values.url !== undefined && !/^https?:\/\/[^/]+$/.test(values.url)) {
    throw new Error("--url must be an origin, such as https://sync.example.com");
  }
  return {
    name: values.name,
    dryRun: values["dry-run"],
    secretsFile: values["secrets-file"] ?? null,
    bucket: values.bucket ?? null,
    url: values.url ?? null,
  };
}
