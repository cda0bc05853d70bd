import { createHash } from "node:crypto";
import { randomSecret } from "./secret.ts";

const PREFIX = "mcs_";
const CHECKSUM_LENGTH = 6;
const CHECKED = /^mcs_([\w-]{43})([\w-]{6})$/;
const UNCHECKED = /^mcs_[\w-]{43}$/; // the form before keys had a checksum

/** The text of a new API key: 256 random bits and a checksum. */
export function createApiKeyText(): string {
  const secret = randomSecret();
  return `${PREFIX}${secret}${checksumOf(secret)}`;
}

/** Whether a text can be an API key at all, so that any other costs no look-up. */
export function isApiKeyText(text: string): boolean {
  const [, secret, checksum] = CHECKED.exec(text) ?? [];
  if (secret === undefined) return UNCHECKED.test(text);
  return checksum === checksumOf(secret);
}

function checksumOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url").slice(0, CHECKSUM_LENGTH);
}
