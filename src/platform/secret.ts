import { timingSafeEqual } from "node:crypto";
import { toBase64Url, toHex } from "./encoding.ts";

/** 256 random bits, URL-safe. */
export function randomSecret(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** SHA-256 in hex: how keys that only need recognising are stored. */
export async function hashSecret(secret: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))));
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export async function sameSecret(a: string, b: string): Promise<boolean> {
  const [x, y] = await Promise.all([hashSecret(a), hashSecret(b)]);
  return timingSafeEqual(Buffer.from(x), Buffer.from(y));
}
