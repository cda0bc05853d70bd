import { expect, test } from "vitest";
import { createVault } from "../../src/platform/vault.ts";

const KEY = new Uint8Array(32).fill(7);
const OTHER = new Uint8Array(32).fill(8);
const vault = createVault(KEY);

test("what was sealed opens with the same context", async () => {
  expect(await vault.open(await vault.seal("top secret", "org:a"), "org:a")).toBe("top secret");
});

test("a sealed value does not open in another place, with another key, or altered", async () => {
  const sealed = await vault.seal("top secret", "org:a");
  await expect(vault.open(sealed, "org:b")).rejects.toThrow();
  await expect(createVault(OTHER).open(sealed, "org:a")).rejects.toThrow(/not configured/);
  await expect(vault.open(`${sealed.slice(0, -4)}AAAA`, "org:a")).rejects.toThrow();
  await expect(vault.open("top secret", "org:a")).rejects.toThrow(/unknown form/);
});

test("the same text is never sealed alike", async () => {
  expect(await vault.seal("x", "c")).not.toBe(await vault.seal("x", "c"));
});

test("a key can be changed: the old one still opens what it sealed, and seals nothing any more", async () => {
  const old = await vault.seal("top secret", "org:a");
  const changed = createVault(OTHER, [KEY]);
  expect(await changed.open(old, "org:a")).toBe("top secret");
  expect(await changed.isCurrent(old)).toBe(false);
  const resealed = await changed.seal("top secret", "org:a");
  expect(await changed.isCurrent(resealed)).toBe(true);
  expect(await createVault(OTHER).open(resealed, "org:a")).toBe("top secret");
});

test("a value of the old key that claims the id of the new one does not open", async () => {
  const changed = createVault(OTHER, [KEY]);
  const [version, , iv, bytes] = (await vault.seal("x", "c")).split(".");
  const id = (await changed.seal("x", "c")).split(".")[1];
  await expect(changed.open([version, id, iv, bytes].join("."), "c")).rejects.toThrow();
});
