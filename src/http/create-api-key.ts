import { createApiKeyText } from "../platform/api-key-text.ts";
import { hashSecret } from "../platform/secret.ts";
import type { Services } from "../services.ts";
import type { z } from "./define-route.ts";
import type { newApiKeySchema } from "./schemas/api-key.ts";

/** Creates a key of the org. Its text is in the answer and nowhere else: what is stored is its hash. */
export async function createApiKey({ apiKeys, sync }: Services, org: string, fields: z.output<typeof newApiKeySchema>) {
  const key = createApiKeyText();
  const created = { id: crypto.randomUUID(), ...fields, created_at: sync.now().toISOString() };
  await apiKeys.add({ ...created, org }, await hashSecret(key));
  return { ...created, last_used_at: null, key };
}
