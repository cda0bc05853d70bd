import { fromBase64, toBase64 } from "./encoding.ts";

/** Encrypts what must be read again, such as tokens and HMAC keys. */
export interface Vault {
  /** `v2.<key id>.<iv>.<ciphertext>`; `context` must be given again to open, so a value cannot be moved to another place. */
  seal(plain: string, context: string): Promise<string>;
  /** Throws when the key is unknown, or key, context or text are not those that were sealed. */
  open(sealed: string, context: string): Promise<string>;
  /** Whether it is sealed with the key of now; otherwise it should be sealed again, so that the old key can go. */
  isCurrent(sealed: string): Promise<boolean>;
}

type KeyBytes = Uint8Array<ArrayBuffer>;

const IV_BYTES = 12; // the size GCM is specified for
const KEY_ID_BYTES = 4; // tells a few keys of one deployment apart; it is no secret

/** AES-256-GCM with a random IV a value. Keys are of 32 bytes: the first one seals, the others only open. */
export function createVault(current: KeyBytes, previous: KeyBytes[] = []): Vault {
  const keys = [current, ...previous].map((bytes) => ({ id: keyIdOf(bytes), key: importKey(bytes) }));
  const [sealing] = keys;
  if (!sealing) throw new Error("a vault needs a key");
  return {
    async seal(plain, context) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const bytes = await crypto.subtle.encrypt(
        parameters(iv, context),
        await sealing.key,
        new TextEncoder().encode(plain),
      );
      return `v2.${await sealing.id}.${toBase64(iv)}.${toBase64(new Uint8Array(bytes))}`;
    },
    async open(sealed, context) {
      const { id, iv, bytes } = partsOf(sealed);
      for (const one of keys) {
        if ((await one.id) !== id) continue;
        const plain = await crypto.subtle.decrypt(
          parameters(fromBase64(iv), context),
          await one.key,
          fromBase64(bytes),
        );
        return new TextDecoder().decode(plain);
      }
      throw new Error(`sealed value: the key ${id} is not configured`);
    },
    async isCurrent(sealed) {
      return partsOf(sealed).id === (await sealing.id);
    },
  };
}

function partsOf(sealed: string): { id: string; iv: string; bytes: string } {
  const [version, id, iv, bytes] = sealed.split(".");
  if (version !== "v2" || !id || !iv || !bytes) throw new Error("sealed value: unknown form");
  return { id, iv, bytes };
}

function parameters(iv: Uint8Array<ArrayBuffer>, context: string) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(context) };
}

function importKey(bytes: KeyBytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function keyIdOf(bytes: KeyBytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.slice(0, KEY_ID_BYTES)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
