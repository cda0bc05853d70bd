import { RECORD_MODELS, type RecordModel } from "../../domain/resources.ts";
import { WEBHOOK_ACTIONS } from "../../domain/webhook-actions.ts";

/** What a delivery hints at. `model` is null when it is a kind that is not synced; `name` is what it was called. */
export interface WebhookEvent {
  model: RecordModel | null;
  name: string;
  action: string;
  id: number;
}

const MAX_NAME_LENGTH = 64; // the sender may send any

/** A map, not an object: a sender's `constructor` must not match. */
const ALIASES = new Map<string, RecordModel>([
  ["person", "client"],
  ["people", "client"],
  ["contact", "client"],
  ["companies", "company"],
]);

type Body = Record<string, unknown>;

/** The events of a delivery: one, or an array of them, bare or under `events`. Those without a usable id are left out. */
export function parseEvents(body: unknown, subscribed: string): WebhookEvent[] {
  const nested = isObject(body) && Array.isArray(body.events) ? body.events : null;
  const events = nested ?? (Array.isArray(body) ? body : [body]);
  return events.map((event) => parseEvent(event, subscribed)).filter((event) => event !== null);
}

/**
 * Reads every plausible body: `{resource, action, resource_body: {id}}`, flat `{model, action, id}`,
 * `{event_type, resource_id}`, `{type, data: {object: {id}}}` and `{case: {id}}`. Null when there is no usable id.
 * `subscribed` is the kind the subscription is for.
 */
function parseEvent(event: unknown, subscribed: string): WebhookEvent | null {
  if (!isObject(event)) return null;
  const [typeModel, typeAction] = splitType(text(event.event_type) ?? text(event.event) ?? text(event.type));
  const named = text(event.resource) ?? text(event.model) ?? text(event.resource_type) ?? typeModel;
  const member = recordMember(event, named);
  const id = [
    idOf(event.resource_body),
    event.resource_id,
    idOf(event.resource),
    isObject(event.data) ? idOf(event.data.object) : undefined,
    idOf(event.data),
    idOf(member?.value),
    event.id,
  ]
    .map(usableId)
    .find((candidate) => candidate !== null);
  if (id === undefined) return null;
  const name = named ?? member?.name ?? subscribed;
  const action = text(event.action) ?? typeAction ?? "unknown";
  return { model: asModel(name), name: cut(name), action: cut(action.toLowerCase()), id };
}

/** Whether both the kind and the action are among those that were subscribed to. */
export function isRecognised(event: WebhookEvent): boolean {
  return event.model !== null && WEBHOOK_ACTIONS.includes(event.action);
}

/** The record under the name of its kind, such as `case`; of any kind when the event names none. */
function recordMember(event: Body, named: string | null): { name: string; value: unknown } | null {
  const names = named === null ? [...RECORD_MODELS, ...ALIASES.keys()] : [named.toLowerCase()];
  const name = names.find((candidate) => Object.hasOwn(event, candidate) && isObject(event[candidate]));
  return name === undefined ? null : { name, value: event[name] };
}

function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function idOf(value: unknown): unknown {
  return isObject(value) ? value.id : undefined;
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
  return WEBHOOK_ACTIONS.includes(type.toLowerCase()) ? [null, type] : [type, null];
}

function asModel(name: string): RecordModel | null {
  const lower = name.toLowerCase();
  const singular = lower.replace(/s$/, "");
  return (
    ALIASES.get(lower) ??
    ALIASES.get(singular) ??
    RECORD_MODELS.find((model) => model === lower || model === singular) ??
    null
  );
}

function cut(name: string): string {
  return name.slice(0, MAX_NAME_LENGTH);
}
