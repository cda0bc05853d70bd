import { Problem } from "../problems/problem.ts";

export const MAX_BODY_BYTES = 256 * 1024;

/** A delivery's body: as it was sent, and what it says once a content coding is undone. */
export interface WebhookBody {
  sent: Uint8Array;
  content: Uint8Array;
}

/** Reads a body whose length has been limited; one that was compressed may not be longer when it is inflated either. */
export async function readWebhookBody(request: Request): Promise<WebhookBody> {
  const sent = new Uint8Array(await request.arrayBuffer());
  const coding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  switch (coding) {
    case "":
    case "identity":
      return { sent, content: sent };
    case "gzip":
    case "x-gzip":
      return { sent, content: await inflate(sent) };
    default:
      throw new Problem(415, "unsupported_encoding", "Only gzip is accepted as content-encoding");
  }
}

export function tooLarge(): never {
  throw new Problem(413, "too_large", "Delivery over 256 KiB");
}

async function inflate(compressed: Uint8Array): Promise<Uint8Array> {
  const reader = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const chunks: Uint8Array[] = [];
  for (let bytes = 0; ; ) {
    const chunk = await nextChunk(reader);
    if (chunk.value === undefined) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    bytes += chunk.value.length;
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel();
      return tooLarge();
    }
    chunks.push(chunk.value);
  }
}

async function nextChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch (error) {
    if (error instanceof TypeError) throw new Problem(400, "unusable_event", "Body is not gzip");
    throw error;
  }
}
