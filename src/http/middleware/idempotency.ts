import { createMiddleware } from "hono/factory";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { hashSecret } from "../../platform/secret.ts";
import type { AppEnv } from "../app-env.ts";
import { Problem } from "../problems/problem.ts";

const RETENTION_MS = 24 * 60 * 60 * 1000;
const LEASE_MS = 2 * 60 * 1000; // longer than any write takes; a request that was lost frees its key after it
const MAX_KEY_LENGTH = 255;

/**
 * A write sent with an `Idempotency-Key` is done once; a repeat within a day gets the first answer. Answers are kept
 * sealed, for one of them shows a new key. Runs after authentication: keys are scoped to the sender.
 */
export const idempotent = createMiddleware<AppEnv>(async (c, next) => {
  const key = c.req.header("idempotency-key");
  if (key === undefined || c.req.method === "GET") return next();
  if (key === "" || key.length > MAX_KEY_LENGTH) {
    throw new Problem(400, "invalid_request", `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters.`);
  }
  const { idempotency, sync } = c.var.services;
  const principal = c.var.principal.id;
  const seal = `idempotency:${principal}:${key}`;
  const now = sync.now();
  const kept = await idempotency.claim({
    principal,
    key,
    org: c.req.param("org") ?? null,
    requestHash: await hashSecret(`${c.req.method} ${c.req.url} ${await c.req.text()}`),
    now,
    since: new Date(now.getTime() - RETENTION_MS),
    leasedSince: new Date(now.getTime() - LEASE_MS),
  });
  if (kept) {
    const again = await hashSecret(`${c.req.method} ${c.req.url} ${await c.req.text()}`);
    if (kept.request_hash !== again) {
      throw new Problem(422, "idempotency_key_reused", "This Idempotency-Key was sent with another request.");
    }
    if (kept.status === null)
      throw new Problem(409, "idempotency_in_progress", "The first request with this key is under way.");
    const body = kept.body === null ? "" : await sync.vault.open(kept.body, seal);
    const headers: Record<string, string> = { "content-type": "application/json", "idempotent-replayed": "true" };
    if (kept.location !== null) headers.location = kept.location;
    return body === ""
      ? c.body(null, kept.status as 204, headers)
      : c.body(body, kept.status as ContentfulStatusCode, headers);
  }
  await next();
  if (c.res.status >= 400) {
    await idempotency.release({ principal, key, now });
    return;
  }
  const body = await c.res.clone().text();
  const answer = {
    status: c.res.status,
    body: await sync.vault.seal(body, seal),
    location: c.res.headers.get("location"),
  };
  await idempotency.keep({ principal, key, now }, answer);
});
