import type { QueueMessage } from "../../domain/queue-message.ts";
import { isRecognised, type WebhookEvent } from "../../mycase/webhook/parse-event.ts";

/** The queue message of an event. */
export function webhookMessage(org: string, event: WebhookEvent, now: Date): QueueMessage {
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
