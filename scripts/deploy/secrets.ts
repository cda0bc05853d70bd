import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { parseEnv } from "node:util";

/** Asked of the person who deploys: MyCase gives these. */
const FROM_MYCASE = ["MYCASE_CLIENT_ID", "MYCASE_CLIENT_SECRET"] as const;

/** Made here when missing. */
const GENERATED: Record<string, () => string> = {
  ADMIN_API_KEY: () => randomBytes(32).toString("base64url"),
  ENCRYPTION_KEY: () => randomBytes(32).toString("base64"),
};

export interface SecretsSource {
  /** Secrets that the worker has already; they are left as they are unless `file` names them. */
  existing: ReadonlySet<string>;
  /** An env file given by the operator. */
  file: string | null;
  /** Where secrets of this installation are kept on this machine until they are uploaded, and for the operator to store. */
  keptIn: string;
  /** Asks the operator; null when nobody can be asked. */
  ask: ((name: string) => Promise<string>) | null;
}

/**
 * The secrets to upload. What is generated or answered is written to `keptIn` before anything is deployed, so that a
 * deployment that was stopped goes on with the same ones. Throws when one is missing and nobody can be asked.
 */
export async function collectSecrets(source: SecretsSource): Promise<Record<string, string>> {
  const kept = readEnvFile(source.keptIn);
  const given = source.file === null ? {} : readEnvFile(source.file, { required: true });
  const secrets: Record<string, string> = {};
  for (const name of [...FROM_MYCASE, ...Object.keys(GENERATED)]) {
    const value = given[name] ?? (source.existing.has(name) ? undefined : kept[name]);
    if (value) secrets[name] = value;
    else if (!source.existing.has(name)) {
      secrets[name] = GENERATED[name]?.() ?? (await askFor(name, source.ask));
      writeEnvFile(source.keptIn, { ...kept, ...secrets });
    }
  }
  if (given.ENCRYPTION_KEY_PREVIOUS) secrets.ENCRYPTION_KEY_PREVIOUS = given.ENCRYPTION_KEY_PREVIOUS;
  return secrets;
}

/** Asks on the terminal; null where there is none. */
export function terminalPrompt(): SecretsSource["ask"] {
  if (!process.stdin.isTTY || process.env.CI) return null;
  return async (name) => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return (await terminal.question(`${name}: `)).trim();
    } finally {
      terminal.close();
    }
  };
}

async function askFor(name: string, ask: SecretsSource["ask"]): Promise<string> {
  const answer = ask === null ? "" : await ask(name);
  if (answer === "") {
    throw new Error(
      `${name} is missing: MyCase gives it with the app's registration. Put it into a file and pass --secrets-file FILE.`,
    );
  }
  return answer;
}

function readEnvFile(path: string, { required = false } = {}): Record<string, string | undefined> {
  if (!existsSync(path)) {
    if (required) throw new Error(`File not found: ${path}`);
    return {};
  }
  return parseEnv(readFileSync(path, "utf8"));
}

/** Readable by its owner alone. */
export function writeEnvFile(path: string, values: Record<string, string | undefined>): void {
  const lines = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o600 });
  chmodSync(path, 0o600); // the mode above holds for new files only
}
