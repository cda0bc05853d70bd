import { z } from "@hono/zod-openapi";
import { instant, nullableInstant, text } from "./values.ts";

const scopes = z
  .array(z.enum(["read", "sync", "admin"]))
  .min(1)
  .openapi({ description: "What the key opens; `sync` and `admin` include `read`, `admin` includes `sync`" });

export const newApiKeySchema = z
  .strictObject({
    name: z.string().trim().min(1).max(100).openapi({ description: "What the key is for", example: "portal" }),
    scopes,
  })
  .openapi("NewApiKey");

const fields = {
  id: text("Id of the key; not the key itself"),
  name: text("What the key is for"),
  scopes,
  created_at: instant("When it was created"),
  last_used_at: nullableInstant("When it was last used, to the minute"),
};

export const apiKeySchema = z.object(fields).openapi("ApiKey");

export const shownApiKeySchema = z
  .object({ ...fields, key: text("The key, shown only once; its hash is stored") })
  .openapi("ShownApiKey");
