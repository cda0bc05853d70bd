import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createVault } from "../../src/platform/vault.ts";

const vault = createVault(new Uint8Array(32).fill(7));

test("what was sealed opens with the same context", async () => {
  expect(await vault.open(await vault.seal("top secret", "org:a"), "org:a")).toBe("top secret");
});

test("a sealed value does not open in another place, with another key, or altered", async () => {
  const sealed = await vault.seal("top secret", "org:a");
  await expect(vault.open(sealed, "org:b")).rejects.toThrow();
  await expect(createVault(new Uint8Array(32).fill(8)).open(sealed, "org:a")).rejects.toThrow();
  await expect(vault.open(`${sealed.slice(0, -4)}AAAA`, "org:a")).rejects.toThrow();
  await expect(vault.open("top secret", "org:a")).rejects.toThrow(/unknown form/);
});

test("the same text is never sealed alike", async () => {
  expect(await vault.seal("x", "c")).not.toBe(await vault.seal("x", "c"));
  expect(env.DB).toBeDefined();
});
