/** What webhooks are subscribed to. */
export const WEBHOOK_ACTIONS = ["created", "updated", "deleted"];
