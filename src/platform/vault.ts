import { fromBase64, toBase64 } from "./encoding.ts";

/** Encrypts what must be read again, such as tokens and HMAC keys. */
export interface Vault {
  /** `v1.<iv>.<ciphertext>`; `context` must be given again to open, so a value cannot be moved to another place. */
  seal(plain: string, context: string): Promise<string>;
  /** Throws when the key, the context or the text is not the one that was sealed. */
  open(sealed: string, context: string): Promise<string>;
}

const IV_BYTES = 12; // the size GCM is specified for

/** AES-256-GCM with a random IV a value. `key`: 32 bytes. */
export function createVault(keyBytes: Uint8Array<ArrayBuffer>): Vault {
  const key = crypto.subtle.importKey("raw", keyBytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  const parameters = (iv: Uint8Array<ArrayBuffer>, context: string) => ({
    name: "AES-GCM",
    iv,
    additionalData: new TextEncoder().encode(context),
  });
  return {
    async seal(plain, context) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const bytes = await crypto.subtle.encrypt(parameters(iv, context), await key, new TextEncoder().encode(plain));
      return `v1.${toBase64(iv)}.${toBase64(new Uint8Array(bytes))}`;
    },
    async open(sealed, context) {
      const [version, iv, bytes] = sealed.split(".");
      if (version !== "v1" || !iv || !bytes) throw new Error("sealed value: unknown form");
      const plain = await crypto.subtle.decrypt(parameters(fromBase64(iv), context), await key, fromBase64(bytes));
      return new TextDecoder().decode(plain);
    },
  };
}
