import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";

/** Where MyCase finds this product: as configured, or as the request did. */
export function publicOrigin(c: Context<AppEnv>): string {
  return c.var.services.config.publicUrl ?? new URL(c.req.url).origin;
}
