import type { SignatureScheme } from "../../domain/signature-scheme.ts";
import { discoverScheme, isSigned } from "./signature.ts";

/** What is known of how a subscription signs. */
export interface SigningKey {
  /** Null when MyCase gave none. */
  hmacKey: string | null;
  /** Null until a signature has been seen. */
  scheme: SignatureScheme | null;
}

/** `discovered`: signed in a way that is to be enforced from now on. */
export type DeliveryCheck =
  | { kind: "admitted" }
  | { kind: "discovered"; scheme: SignatureScheme }
  | { kind: "refused" };

/** Whether a delivery is genuine. Until a signature has been seen, the secret address alone admits it. */
export function verifyDelivery(
  { hmacKey, scheme }: SigningKey,
  request: { headers: Headers; body: Uint8Array; now: Date },
): DeliveryCheck {
  if (hmacKey === null) return { kind: "admitted" };
  const delivery = { ...request, hmacKey };
  if (scheme) return { kind: isSigned(scheme, delivery) ? "admitted" : "refused" };
  const discovered = discoverScheme(delivery);
  return discovered ? { kind: "discovered", scheme: discovered } : { kind: "admitted" };
}
