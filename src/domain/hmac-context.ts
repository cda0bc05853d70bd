/** Binds a sealed `hmac_key` to its subscription: it opens under no other. */
export function hmacContext(keyHash: string): string {
  return `hmac:${keyHash}`;
}
