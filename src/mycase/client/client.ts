import type { Failure } from "../../domain/failure.ts";
import type { AbsentRecord, Read, ReadRecord } from "../../domain/read.ts";
import type { Model, RecordModel } from "../../domain/resources.ts";
import { contentHash } from "../../platform/content-hash.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { yieldToEventLoop } from "../../platform/yield.ts";
import type { Connection, Lane } from "../connection/types.ts";
import {
  type Subscription,
  type SubscriptionRequest,
  subscriptionsWire,
  subscriptionWire,
} from "../wire/subscription.ts";
import { nextPageQuery } from "./link-header.ts";
import { PAGE_SIZE, RESOURCES, SPARSE_FIELDS } from "./resources.ts";
import { type Sent, send } from "./send.ts";

/** One page of a listing, and what leads on. */
export interface Page {
  read: Read;
  /** The next page's query; null on the last page. */
  next: string | null;
  /** `Item-Count`: how many there are in all; null when MyCase does not say. */
  total: number | null;
  /** Records that cannot be used and have no usable id either. */
  unusable: number;
  /** MyCase's own clock when it answered, ISO 8601 UTC; ours when it does not say. */
  servedAt: string;
}

/** What this product asks of MyCase: reads, and webhook subscriptions. There is no verb that writes a record (R1). */
export interface MyCase {
  /** One record by id. A 404, a 403 and an unusable answer are gaps of the read, not failures. */
  readRecord(model: RecordModel, id: number): Promise<Result<Read, Failure>>;
  /**
   * A page: the first of a listing, or the one that an earlier page's `next` names. With `only`, the other records of the
   * page are passed over unread.
   */
  readPage(
    model: Model,
    at: { updatedAfter?: string } | { next: string },
    only?: ReadonlySet<number>,
  ): Promise<Result<Page, Failure>>;
  /** How many records a listing has, at the cost of one small page. */
  count(model: Model): Promise<Result<number, Failure>>;
  listSubscriptions(): Promise<Result<Subscription[], Failure>>;
  createSubscription(request: SubscriptionRequest): Promise<Result<Subscription, Failure>>;
  /** Succeeds too when it is gone already. */
  deleteSubscription(id: string): Promise<Result<null, Failure>>;
  /** Requests sent so far through this client. */
  requests(): number;
}

const GAP_OF_STATUS: Record<number, AbsentRecord["state"]> = { 403: "not_visible", 404: "deleted" };

export function createMyCase(apiUrl: string, connection: Connection, lane: Lane, now: () => Date): MyCase {
  let requests = 0;
  const call = (method: "GET" | "POST" | "DELETE", path: string, listing: boolean, body?: unknown) => {
    requests += 1;
    return send(connection, { method, url: `${apiUrl}/${path}`, lane, listing, body });
  };

  return {
    requests: () => requests,

    async readRecord(model, id) {
      const query = new URLSearchParams(SPARSE_FIELDS[model] ?? {}).toString();
      const sent = await call("GET", `${RESOURCES[model].path}/${id}${query && `?${query}`}`, false);
      if (!sent.ok) return sent;
      const found = sent.value.status < 300 ? readable(model, sent.value.body) : null;
      const usable = found?.id === id ? [found] : [];
      const gaps: AbsentRecord[] =
        usable.length > 0 ? [] : [{ id, state: GAP_OF_STATUS[sent.value.status] ?? "malformed" }];
      return ok({
        model,
        shape: "record",
        ticket: sent.value.ticket,
        at: now().toISOString(),
        records: usable,
        absent: gaps,
      });
    },

    async readPage(model, at, only) {
      const query = "next" in at ? at.next : listingQuery(PAGE_SIZE, at.updatedAfter ?? null);
      const sent = answered(await call("GET", `${RESOURCES[model].path}${query}`, true));
      if (!sent.ok) return sent;
      if (!Array.isArray(sent.value.body))
        return err({ kind: "malformed", detail: `the list of ${model} is no array` });
      const body = only ? sent.value.body.filter((item) => only.has(idOf(item) ?? 0)) : sent.value.body;
      const { records, gaps, unusable } = await sort(model, body);
      return ok({
        read: { model, shape: "page", ticket: sent.value.ticket, at: now().toISOString(), records, absent: gaps },
        next: nextPageQuery(sent.value.headers.get("link")),
        total: itemCount(sent.value.headers),
        unusable,
        servedAt: servedAt(sent.value.headers, now()),
      });
    },

    async count(model) {
      const sent = answered(await call("GET", `${RESOURCES[model].path}${listingQuery(1, null)}`, true));
      if (!sent.ok) return sent;
      const onPage = Array.isArray(sent.value.body) ? sent.value.body.length : 0;
      return ok(itemCount(sent.value.headers) ?? onPage);
    },

    async listSubscriptions() {
      return parsed(await call("GET", "webhooks/subscriptions", true), subscriptionsWire);
    },

    async createSubscription(request) {
      return parsed(await call("POST", "webhooks/subscriptions", false, request), subscriptionWire);
    },

    async deleteSubscription(id) {
      const sent = answered(await call("DELETE", `webhooks/subscriptions/${encodeURIComponent(id)}`, false));
      return sent.ok || sent.failure.kind === "not_found" ? ok(null) : sent;
    },
  };
}

/** The record with its hash, or null when the schema of its kind refuses it. */
function readable(model: Model, body: unknown): ReadRecord | null {
  const parsed = RESOURCES[model].wire.safeParse(body);
  if (!parsed.success) return null;
  const { id, updated_at } = parsed.data as { id: number; updated_at: string | null };
  const hash = contentHash(RESOURCES[model].hashInput?.(body) ?? body);
  return { id, record: body, updated_at, hash, parsed: parsed.data };
}

/** The id of whatever MyCase listed; null when it has none that is usable. */
function idOf(item: unknown): number | null {
  const id = (item as { id?: unknown } | null)?.id;
  return typeof id === "number" && Number.isSafeInteger(id) && id > 0 ? id : null;
}

const YIELD_EVERY = 250;

/** One bad record never costs its page. */
async function sort(
  model: Model,
  body: unknown[],
): Promise<{ records: ReadRecord[]; gaps: AbsentRecord[]; unusable: number }> {
  const records = new Map<number, ReadRecord>();
  const gaps: AbsentRecord[] = [];
  let unusable = 0;
  for (const [index, item] of body.entries()) {
    if (index % YIELD_EVERY === YIELD_EVERY - 1) await yieldToEventLoop();
    const record = readable(model, item);
    const id = idOf(item);
    if (record) records.set(record.id, record);
    else if (id !== null) gaps.push({ id, state: "malformed" });
    else unusable += 1;
  }
  return { records: [...records.values()], gaps: gaps.filter((gap) => !records.has(gap.id)), unusable };
}

function listingQuery(pageSize: number, updatedAfter: string | null): string {
  const query = new URLSearchParams({ page_size: String(pageSize) });
  if (updatedAfter !== null) query.set("filter[updated_after]", updatedAfter);
  return `?${query}`;
}

function itemCount(headers: Headers): number | null {
  const text = headers.get("item-count");
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function servedAt(headers: Headers, now: Date): string {
  const date = Date.parse(headers.get("date") ?? "");
  return (Number.isNaN(date) ? now : new Date(date)).toISOString();
}

/** For what is no record by id, a 404 or a 403 is a failure. */
function answered(sent: Result<Sent, Failure>): Result<Sent, Failure> {
  if (!sent.ok || sent.value.status < 300) return sent;
  const detail = `MyCase answers ${sent.value.status}`;
  return err({ kind: sent.value.status === 403 ? "forbidden" : "not_found", detail });
}

function parsed<T>(
  answer: Result<Sent, Failure>,
  wire: { safeParse(body: unknown): { success: true; data: T } | { success: false } },
): Result<T, Failure> {
  const sent = answered(answer);
  if (!sent.ok) return sent;
  const result = wire.safeParse(sent.value.body);
  return result.success ? ok(result.data) : err({ kind: "malformed", detail: "MyCase's answer has an unknown form" });
}
