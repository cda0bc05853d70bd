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

export interface SignedRequest {
  headers: Headers;
  /**
   * What the signature may be over: the body as it was sent, and if that was compressed its content, because compression
   * may be added after signing. Either authenticates the content.
   */
  bodies: Uint8Array[];
  now: Date;
}

/** Whether a delivery is genuine. Until a signature has been seen, the secret address alone admits it. */
export function verifyDelivery({ hmacKey, scheme }: SigningKey, { bodies, ...request }: SignedRequest): DeliveryCheck {
  if (hmacKey === null) return { kind: "admitted" };
  const deliveries = bodies.map((body) => ({ ...request, body, hmacKey }));
  if (scheme) {
    return { kind: deliveries.some((delivery) => isSigned(scheme, delivery)) ? "admitted" : "refused" };
  }
  for (const delivery of deliveries) {
    const discovered = discoverScheme(delivery);
    if (discovered) return { kind: "discovered", scheme: discovered };
  }
  return { kind: "admitted" };
}
