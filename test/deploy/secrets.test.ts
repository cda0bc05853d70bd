import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { collectSecrets, type SecretsSource } from "../../scripts/deploy/secrets.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
});

function source(changes: Partial<SecretsSource> = {}): SecretsSource {
  return {
    existing: new Set(),
    file: null,
    keptIn: join(folder, "kept.env"),
    ask: async (name) => `answer-${name}`,
    ...changes,
  };
}

test("what MyCase gives is asked for, the others are generated, and all are kept before anything is deployed", async () => {
  const secrets = await collectSecrets(source());
  expect(secrets.MYCASE_CLIENT_ID).toBe("answer-MYCASE_CLIENT_ID");
  expect(Buffer.from(String(secrets.ENCRYPTION_KEY), "base64")).toHaveLength(32);
  expect(String(secrets.ADMIN_API_KEY).length).toBeGreaterThanOrEqual(43);
  expect(readFileSync(join(folder, "kept.env"), "utf8")).toContain(`ENCRYPTION_KEY=${secrets.ENCRYPTION_KEY}`);
  expect(statSync(join(folder, "kept.env")).mode & 0o077).toBe(0);
});

test("a deployment that was stopped goes on with the secrets it had generated", async () => {
  const first = await collectSecrets(source());
  const second = await collectSecrets(source({ ask: null }));
  expect(second).toEqual(first);
});

test("secrets that the worker has are neither asked for nor replaced", async () => {
  const existing = new Set(["MYCASE_CLIENT_ID", "MYCASE_CLIENT_SECRET", "ADMIN_API_KEY", "ENCRYPTION_KEY"]);
  expect(await collectSecrets(source({ existing, ask: null }))).toEqual({});
  expect(existsSync(join(folder, "kept.env"))).toBe(false);
});

test("a secrets file replaces what it names, also over an existing worker, and nothing is asked", async () => {
  const file = join(folder, "given.env");
  writeFileSync(file, "MYCASE_CLIENT_ID=id\nMYCASE_CLIENT_SECRET=secret\n");
  const existing = new Set(["MYCASE_CLIENT_ID", "MYCASE_CLIENT_SECRET", "ADMIN_API_KEY", "ENCRYPTION_KEY"]);
  const secrets = await collectSecrets(source({ existing, file, ask: null }));
  expect(secrets).toEqual({ MYCASE_CLIENT_ID: "id", MYCASE_CLIENT_SECRET: "secret" });
});

test("a missing secret that nobody can be asked for is named", async () => {
  await expect(collectSecrets(source({ ask: null }))).rejects.toThrow(/MYCASE_CLIENT_ID is missing/);
  await expect(collectSecrets(source({ file: join(folder, "none.env") }))).rejects.toThrow(/File not found/);
});
