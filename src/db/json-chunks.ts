const MAX_PARAMETER_BYTES = 1_500_000; // D1 refuses a value of 2,000,000 bytes

/** The items as JSON arrays, each small enough for one bound parameter. */
export function jsonChunks(items: unknown[]): string[] {
  const chunks: string[] = [];
  let parts: string[] = [];
  let size = 0;
  for (const item of items) {
    const text = JSON.stringify(item);
    const bytes = Buffer.byteLength(text);
    if (size + bytes > MAX_PARAMETER_BYTES && parts.length > 0) {
      chunks.push(`[${parts.join(",")}]`);
      parts = [];
      size = 0;
    }
    parts.push(text);
    size += bytes + 1;
  }
  if (parts.length > 0) chunks.push(`[${parts.join(",")}]`);
  return chunks;
}
