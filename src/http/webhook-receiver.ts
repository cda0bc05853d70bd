import type { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import type { QueueMessage } from "../domain/queue-message.ts";
import { isRecognised, parseEvent, type WebhookEvent } from "../mycase/webhook/parse-event.ts";
import { discoverScheme, isSigned } from "../mycase/webhook/signature.ts";
import { errorName } from "../platform/errors.ts";
import type { Services } from "../services.ts";
import type { KnownSubscription } from "../sync/webhooks/known-subscriptions.ts";
import type { AppEnv } from "./app-env.ts";
import { defineRoute, json, jsonBody, z } from "./define-route.ts";
import { recordFailedAttempt, rejectIfThrottled } from "./failed-attempts.ts";
import { problem } from "./problem.ts";

const LARGEST_BODY_BYTES = 256 * 1024;
const RETRY_AFTER_S = "30";

/** MyCase's deliveries: admitted by the secret in the address and the signature, queued, and only then accepted. */
export function registerWebhookRoute(app: OpenAPIHono<AppEnv>): void {
  const limit = bodyLimit({
    maxSize: LARGEST_BODY_BYTES,
    onError: (c) => problem(c, 413, "too_large", "A delivery may have at most 256 KiB."),
  });
  app.openAPIRegistry.registerPath(DESCRIBED);
  app.post("/webhooks/mycase/:key", limit, async (c) => {
    const { services } = c.var;
    const key = c.req.param("key");
    if (!services.knownSubscriptions.remembers(key)) rejectIfThrottled(c);
    const known = await services.knownSubscriptions.find(key);
    if (!known) recordFailedAttempt(c);
    if (!known) return problem(c, 404, "not_found", "There is no such webhook address.");
    const body = new Uint8Array(await c.req.arrayBuffer());
    if (!(await admitted(services, known, c.req.raw.headers, body))) {
      return problem(c, 401, "bad_signature", "The delivery is not signed as this subscription's deliveries are.");
    }
    const event = parseEvent(parseJson(body), known.subscription.model);
    if (!event) return problem(c, 400, "unusable_event", "The body is not JSON, or names no record id.");
    const job = asJob(known.subscription.org, event, services.sync.now());
    try {
      await services.sync.enqueue([job]);
    } catch (error) {
      c.header("retry-after", RETRY_AFTER_S);
      return problem(
        c,
        503,
        "queue_unavailable",
        `The event could not be queued (${errorName(error)}); send it again.`,
      );
    }
    return c.json({ accepted: true, job: job.kind === "record" ? job.job : null }, 202);
  });
}

const DESCRIBED = defineRoute(
  "nobody asked",
  {
    method: "post",
    path: "/webhooks/mycase/{key}",
    tags: ["Webhooks"],
    summary: "MyCase's deliveries",
    description: "The event names a record, which is then read from MyCase; nothing else of it is believed.",
    request: {
      params: z.object({ key: z.string().openapi({ description: "The secret of one subscription" }) }),
      body: jsonBody(
        z.looseObject({}).openapi({ example: { resource: "Case", action: "updated", resource_body: { id: 1 } } }),
      ),
    },
  },
  {
    202: json(z.object({ accepted: z.literal(true), job: z.string().nullable() }), "Queued, and thereby kept"),
    401: { description: "Not signed as this subscription's deliveries are" },
    404: { description: "There is no such address" },
    413: { description: "Over 256 KiB" },
  },
);

/** Until a signature has been seen the secret address alone admits; the first one found is kept to from then on. */
async function admitted(
  services: Services,
  { subscription, hmacKey }: KnownSubscription,
  headers: Headers,
  body: Uint8Array,
): Promise<boolean> {
  if (!hmacKey) return true;
  if (subscription.scheme) return isSigned(subscription.scheme, headers, body, hmacKey);
  const scheme = discoverScheme(headers, body, hmacKey);
  if (scheme) await services.sync.subscriptions.pin(subscription.key_hash, scheme);
  return true;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

function asJob(org: string, event: WebhookEvent, now: Date): QueueMessage {
  if (event.model === null) return { kind: "unrecognised", org, model: event.name, action: event.action };
  return {
    kind: "record",
    org,
    model: event.model,
    id: event.id,
    trigger: "webhook",
    action: event.action,
    recognised: isRecognised(event),
    received_at: now.toISOString(),
    job: crypto.randomUUID(),
  };
}
