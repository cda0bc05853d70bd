import { createHmac, timingSafeEqual } from "node:crypto";
import type { SignatureScheme } from "../../domain/signature-scheme.ts";

const HASHES = ["SHA-256", "SHA-1", "SHA-512"] as const;
const ENCODINGS = ["hex", "base64"] as const;
const PREFIX = /^(?:[A-Za-z0-9_-]{1,32}=)?$/;

/** Looks for the body's HMAC among all headers, in every hash and encoding; null when none holds it. */
export function discoverScheme(headers: Headers, body: Uint8Array, hmacKey: string): SignatureScheme | null {
  for (const hash of HASHES) {
    for (const encoding of ENCODINGS) {
      const expected = sign(hash, encoding, body, hmacKey);
      for (const [header, value] of headers) {
        const prefix = value.slice(0, Math.max(0, value.length - expected.length));
        if (PREFIX.test(prefix) && same(value, prefix + expected, encoding)) return { header, hash, encoding, prefix };
      }
    }
  }
  return null;
}

/** Whether the delivery is signed as the scheme says. */
export function isSigned(scheme: SignatureScheme, headers: Headers, body: Uint8Array, hmacKey: string): boolean {
  const expected = scheme.prefix + sign(scheme.hash, scheme.encoding, body, hmacKey);
  return same(headers.get(scheme.header) ?? "", expected, scheme.encoding);
}

/** The `hmac_key` is used as its UTF-8 bytes. */
function sign(
  hash: SignatureScheme["hash"],
  encoding: SignatureScheme["encoding"],
  body: Uint8Array,
  key: string,
): string {
  return createHmac(hash.replace("-", "").toLowerCase(), key).update(body).digest(encoding);
}

/** Compared in constant time; hex may be written in either case. */
function same(given: string, expected: string, encoding: SignatureScheme["encoding"]): boolean {
  const [a, b] = encoding === "hex" ? [given.toLowerCase(), expected.toLowerCase()] : [given, expected];
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
