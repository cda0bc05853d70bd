import { RECORD_MODELS, type RecordModel } from "../../domain/resources.ts";

/** What a delivery hints at. `model` is null when it is a kind that is not synced; `name` is what it was called. */
export interface WebhookEvent {
  model: RecordModel | null;
  name: string;
  action: string;
  id: number;
}

const ACTIONS = ["created", "updated", "deleted"];
/** A map, not an object: a stranger's `constructor` must find nothing. */
const OTHER_NAMES = new Map<string, RecordModel>([
  ["person", "client"],
  ["people", "client"],
  ["contact", "client"],
  ["companies", "company"],
]);

type Body = Record<string, unknown>;

/**
 * Reads every plausible body: `{resource, action, resource_body: {id}}`, flat `{model, action, id}`, and
 * `{event_type, resource_id}`. Null when there is no usable id. `subscribed` is the kind the subscription is for.
 */
export function parseEvent(body: unknown, subscribed: string): WebhookEvent | null {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  const event = body as Body;
  const id = [nested(event.resource_body), event.resource_id, nested(event.resource), nested(event.data), event.id]
    .map(usableId)
    .find(Boolean);
  if (!id) return null;
  const [typeModel, typeAction] = splitType(text(event.event_type) ?? text(event.event) ?? text(event.type));
  const name = text(event.resource) ?? text(event.model) ?? text(event.resource_type) ?? typeModel ?? subscribed;
  const action = text(event.action) ?? typeAction ?? "unknown";
  return { model: asModel(name), name: short(name), action: short(action.toLowerCase()), id };
}

/** Whether both the kind and the action are among those that were subscribed to. */
export function isRecognised(event: WebhookEvent): boolean {
  return event.model !== null && ACTIONS.includes(event.action);
}

function nested(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (value as Body).id : undefined;
}

/** A whole positive number, or its decimal text. */
function usableId(value: unknown): number | null {
  const id = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof id === "number" && Number.isSafeInteger(id) && id > 0 ? id : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** `case.updated`, `case_updated`, `updated` -> its model and its action. */
function splitType(type: string | null): [string | null, string | null] {
  if (type === null) return [null, null];
  const at = Math.max(type.lastIndexOf("."), type.lastIndexOf("_"), type.lastIndexOf(":"), type.lastIndexOf("/"));
  if (at > 0) return [type.slice(0, at), type.slice(at + 1)];
  return ACTIONS.includes(type.toLowerCase()) ? [null, type] : [type, null];
}

function asModel(name: string): RecordModel | null {
  const lower = name.toLowerCase();
  const singular = lower.replace(/s$/, "");
  return (
    OTHER_NAMES.get(lower) ??
    OTHER_NAMES.get(singular) ??
    RECORD_MODELS.find((model) => model === lower || model === singular) ??
    null
  );
}

/** What strangers call things goes into a counter's key. */
function short(name: string): string {
  return name.slice(0, 64);
}
