import { timingSafeEqual } from "node:crypto";
import type { SignatureScheme } from "../../domain/signature-scheme.ts";
import { claimsIn, type Delivery } from "./signature-claims.ts";

const HASHES = ["SHA-256", "SHA-1", "SHA-512"] as const;

/**
 * Looks for the HMAC of a delivery among its headers, in every form, hash and encoding in use; null when no header has
 * it. The `hmac_key` is used as its UTF-8 bytes.
 */
export function discoverScheme(delivery: Delivery): SignatureScheme | null {
  for (const claim of claimsIn(delivery)) {
    for (const hash of HASHES) {
      const encoding = encodingOf(claim.signature, claim.digest(hash));
      if (encoding) {
        const { header, prefix, content } = claim;
        return { header, hash, encoding, prefix, ...(content === "body" ? {} : { content }) };
      }
    }
  }
  return null;
}

/** Whether the delivery is signed as the scheme says. */
export function isSigned(scheme: SignatureScheme, delivery: Delivery): boolean {
  return claimsIn(delivery).some((claim) => {
    const sameForm =
      claim.header === scheme.header && claim.prefix === scheme.prefix && claim.content === (scheme.content ?? "body");
    if (!sameForm) return false;
    const encoding = encodingOf(claim.signature, claim.digest(scheme.hash));
    return encoding !== null && (encoding === "hex") === (scheme.encoding === "hex");
  });
}

/** How the text encodes the digest; null when it does not. Base64 may be in either alphabet, padded or not. */
function encodingOf(text: string, digest: Buffer): SignatureScheme["encoding"] | null {
  if (sameText(text.toLowerCase(), digest.toString("hex"))) return "hex";
  const base64 = text
    .replace(/={1,2}$/, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  if (!sameText(base64, digest.toString("base64").replace(/=+$/, ""))) return null;
  return /[-_]/.test(text) ? "base64url" : "base64";
}

/** Compares in constant time. */
function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
