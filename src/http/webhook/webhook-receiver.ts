import type { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { parseEvents } from "../../mycase/webhook/parse-event.ts";
import { verifyDelivery } from "../../mycase/webhook/verify-delivery.ts";
import { errorName } from "../../platform/errors.ts";
import { WEBHOOK_PATH } from "../../sync/webhooks/subscription-plan.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, json, jsonBody, problemAnswer, z } from "../define-route.ts";
import { notFound } from "../problems/not-found.ts";
import { Problem } from "../problems/problem.ts";
import { nullableText } from "../schemas/values.ts";
import { MAX_BODY_BYTES, readWebhookBody, tooLarge } from "./webhook-body.ts";
import { webhookMessage } from "./webhook-message.ts";

const RETRY_AFTER_S = 30;

const deliver = defineRoute(
  "public",
  {
    method: "post",
    path: `${WEBHOOK_PATH}{key}`,
    operationId: "receiveWebhook",
    tags: ["Webhooks"],
    summary: "Receive a delivery from MyCase",
    description: "Only the record's kind and id are used; the record is read from MyCase.",
    request: {
      params: z.object({ key: z.string().openapi({ description: "Secret of a subscription" }) }),
      body: jsonBody(
        z.looseObject({}).openapi({ example: { resource: "Case", action: "updated", resource_body: { id: 1 } } }),
      ),
    },
  },
  {
    202: json(
      z.object({
        accepted: z.literal(true).openapi({ description: "The event is durably queued" }),
        job: nullableText("Id of the work; null for several events, and for a kind of record that is not synced"),
      }),
      "Queued",
    ),
    401: problemAnswer("Not signed as this subscription's deliveries are"),
    404: problemAnswer("Unknown key"),
    410: problemAnswer("Key of a subscription that has been removed"),
    413: problemAnswer("Body over 256 KiB, as sent or inflated"),
    415: problemAnswer("Content coding other than gzip"),
  },
);

/** MyCase's deliveries: admitted by the secret in the address and the signature, and accepted once they are queued. */
export function registerWebhookRoute(app: OpenAPIHono<AppEnv>): void {
  // The signature is over the raw body, so this route is documented by its schema and not validated by it.
  const { middleware: _, ...documented } = deliver;
  app.openAPIRegistry.registerPath(documented);
  app.post(deliver.getRoutingPath(), bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }), async (c) => {
    const { knownSubscriptions, sync } = c.var.services;
    const lookup = await knownSubscriptions.find(c.req.param("key") ?? "");
    if (lookup.kind === "unknown") throw notFound("Webhook address");
    if (lookup.kind === "gone") throw new Problem(410, "subscription_gone", "Subscription removed");
    const { subscription, hmacKey } = lookup;
    const { sent, content } = await readWebhookBody(c.req.raw);
    const request = {
      headers: c.req.raw.headers,
      bodies: sent === content ? [sent] : [sent, content],
      now: sync.now(),
    };
    const check = verifyDelivery({ hmacKey, scheme: subscription.scheme }, request);
    if (check.kind === "refused") throw new Problem(401, "bad_signature", "Missing or wrong signature");
    if (check.kind === "discovered") await sync.subscriptions.pin(subscription.key_hash, check.scheme);
    const events = parseEvents(parseJson(content), subscription.model);
    if (events.length === 0) throw new Problem(400, "unusable_event", "Body is not JSON, or names no record id");
    const messages = events.map((event) => webhookMessage(subscription.org, event, sync.now()));
    try {
      await sync.enqueue(messages);
    } catch (error) {
      const detail = `Event could not be queued (${errorName(error)}); send it again`;
      throw new Problem(503, "queue_unavailable", detail, { retryAfter: RETRY_AFTER_S });
    }
    const [message] = messages;
    const job = messages.length === 1 && message?.kind === "record" ? message.job : null;
    return c.json({ accepted: true, job }, 202);
  });
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
