import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

export const DEV_VARS = ".dev.vars";

/** Writes `.dev.vars` with fresh secrets, and the simulator as MyCase, unless there is one already. */
export function ensureDevVars(): void {
  if (existsSync(DEV_VARS)) return;
  const lines = [
    "# Secrets of this machine; never committed. MYCASE_* name the simulator until you have credentials of MyCase's own.",
    "MYCASE_API_URL=http://127.0.0.1:8788/v1",
    "MYCASE_AUTH_URL=http://127.0.0.1:8788",
    "MYCASE_CLIENT_ID=demo-client",
    "MYCASE_CLIENT_SECRET=demo-secret",
    `ADMIN_API_KEY=${randomBytes(24).toString("base64url")}`,
    `ENCRYPTION_KEY=${randomBytes(32).toString("base64")}`,
  ];
  writeFileSync(DEV_VARS, `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** The variables of `.dev.vars`. */
export function readDevVars(): Record<string, string> {
  const lines = readFileSync(DEV_VARS, "utf8").split("\n");
  const pairs = lines.flatMap((line) => {
    const match = /^([A-Z_]+)\s*=\s*"?(.*?)"?\s*$/.exec(line);
    return match?.[1] && match[2] !== undefined ? [[match[1], match[2]] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** Writes an env file for wrangler. */
export function writeEnvFile(path: string, vars: Record<string, string>): void {
  const lines = Object.entries(vars).map(([name, value]) => `${name}=${value}`);
  writeFileSync(path, `${lines.join("\n")}\n`, { mode: 0o600 });
}
