import { Hono } from "hono";
import type { WebhookSender } from "../webhooks/sender.ts";
import { ApiError } from "./errors.ts";
import { readJson } from "./read-json.ts";

const MODELS = ["case", "client", "company", "event", "lead", "message"];
const ACTIONS = ["created", "updated", "deleted"];

/** Webhook subscriptions: list, create, cancel. */
export function subscriptionRoutes(sender: WebhookSender): Hono {
  const app = new Hono();
  app.get("/", (c) => c.json(sender.subscriptions));
  app.post("/", async (c) => {
    const { model, url, actions } = (await readJson(c)) as { model?: string; url?: string; actions?: string[] };
    if (!model || !MODELS.includes(model))
      throw new ApiError(422, "model is not one that can be subscribed to", { pointer: "/model" });
    if (!url || !URL.canParse(url)) throw new ApiError(422, "url must be a URL", { pointer: "/url" });
    if (!Array.isArray(actions) || actions.length === 0 || actions.some((action) => !ACTIONS.includes(action))) {
      throw new ApiError(422, "actions are not among created, updated, deleted", { pointer: "/actions" });
    }
    return c.json(sender.subscribe(model, url, actions), 201);
  });
  app.delete("/:id", (c) => {
    if (!sender.unsubscribe(c.req.param("id"))) throw new ApiError(404, "The subscription was not found.");
    return c.body(null, 204);
  });
  return app;
}
