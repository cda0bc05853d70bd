import type { SignatureScheme } from "../../domain/signature-scheme.ts";
import { discoverScheme, isSigned } from "./signature.ts";

/** What is known of how a subscription signs. */
export interface SigningKey {
  /** Null when MyCase gave none. */
  hmacKey: string | null;
  /** Null until a signature has been seen. */
  scheme: SignatureScheme | null;
}

/** `discovered`: signed in a way that was not known before, and has to be kept to from now on. */
export type DeliveryCheck =
  | { kind: "admitted" }
  | { kind: "discovered"; scheme: SignatureScheme }
  | { kind: "refused" };

/** Whether a delivery is to be believed. Until a signature has been seen, the secret address alone admits it. */
export function verifyDelivery({ hmacKey, scheme }: SigningKey, headers: Headers, body: Uint8Array): DeliveryCheck {
  if (!hmacKey) return { kind: "admitted" };
  if (scheme) return { kind: isSigned(scheme, headers, body, hmacKey) ? "admitted" : "refused" };
  const discovered = discoverScheme(headers, body, hmacKey);
  return discovered ? { kind: "discovered", scheme: discovered } : { kind: "admitted" };
}
