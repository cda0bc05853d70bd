import { createHmac, timingSafeEqual } from "node:crypto";
import { randomSecret } from "./secret.ts";

/**
 * `current`, `previous`: made here, under the encryption key of now or an earlier one. `unsigned`: of the form before
 * secrets were signed. `forged`: anything else.
 */
export type SecretOrigin = "current" | "previous" | "unsigned" | "forged";

/** Secrets that prove who made them, so that a wrong one is refused without a look-up. */
export interface SecretSigner {
  create(): string;
  originOf(secret: string): SecretOrigin;
}

const SIGNED = /^([\w-]{43})\.([\w-]{22})$/;
const UNSIGNED = /^[\w-]{43}$/;
const MAC_BYTES = 16;

/** Signs with a key derived from the encryption key for this purpose; previous keys are honoured. */
export function createSecretSigner(purpose: string, current: Uint8Array, previous: Uint8Array[] = []): SecretSigner {
  const [currentKey, ...previousKeys] = [current, ...previous].map((key) =>
    createHmac("sha256", key).update(purpose).digest(),
  );
  if (!currentKey) throw new Error("a signer needs a key");
  return {
    create() {
      const secret = randomSecret();
      return `${secret}.${macOf(currentKey, secret).toString("base64url")}`;
    },
    originOf(text) {
      if (UNSIGNED.test(text)) return "unsigned";
      const [, secret, mac] = SIGNED.exec(text) ?? [];
      if (secret === undefined || mac === undefined) return "forged";
      const given = Buffer.from(mac, "base64url");
      if (given.toString("base64url") !== mac) return "forged"; // the last character has bits that decoding ignores
      if (timingSafeEqual(given, macOf(currentKey, secret))) return "current";
      return previousKeys.some((key) => timingSafeEqual(given, macOf(key, secret))) ? "previous" : "forged";
    },
  };
}

function macOf(key: Uint8Array, secret: string): Buffer {
  return createHmac("sha256", key).update(secret).digest().subarray(0, MAC_BYTES);
}
