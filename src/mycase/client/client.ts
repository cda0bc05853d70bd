import type { Failure } from "../../domain/failure.ts";
import type { Read } from "../../domain/read.ts";
import { isEssential, type Model, type RecordModel } from "../../domain/resources.ts";
import type { Gate } from "../../platform/concurrency.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { Connection, Lane } from "../connection/types.ts";
import {
  type Subscription,
  type SubscriptionRequest,
  subscriptionsWire,
  subscriptionWire,
} from "../wire/subscription.ts";
import { expectSuccess, itemCount, parseAnswer, servedAt } from "./answers.ts";
import { nextPageQuery } from "./link-header.ts";
import { parsePage, recordId } from "./parse-records.ts";
import { recordAnswer } from "./record-answer.ts";
import { PAGE_SIZE, RESOURCES, SPARSE_FIELDS } from "./resources.ts";
import { type Outgoing, send } from "./send.ts";

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

/** How many records a page brought, usable or not. */
export function pageSize(page: Page): number {
  return page.read.records.length + page.read.absent.length + page.unusable;
}

/** What this product asks of MyCase: reads, and webhook subscriptions. There is no verb that writes a record (R1). */
export interface MyCase {
  /** One record by id. A 404, a 403 and a malformed answer give a read without the record; they are no failures. */
  readRecord(model: RecordModel, id: number): Promise<Result<Read, Failure>>;
  /**
   * A page: the first of a listing, or the one that an earlier page's `next` names. With `only`, the other records of
   * the page are left out unparsed.
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

export interface MyCaseOptions {
  apiUrl: string;
  connection: Connection;
  lane: Lane;
  now: () => Date;
  /** Passed by every request; keeps those of one invocation from waiting for a connection while their timeout runs. */
  gate: Gate;
}

export function createMyCase({ apiUrl, connection, lane, now, gate }: MyCaseOptions): MyCase {
  let requests = 0;
  const call = (path: string, options: Partial<Outgoing> = {}) => {
    requests += 1;
    return send(
      connection,
      { method: "GET", url: `${apiUrl}/${path}`, lane, listing: null, ...options },
      { now, gate },
    );
  };
  const list = (model: Model, query: string) =>
    call(`${RESOURCES[model].path}${query}`, { listing: isEssential(model) ? "essential" : "optional" });

  return {
    requests: () => requests,

    async readRecord(model, id) {
      const query = new URLSearchParams(SPARSE_FIELDS[model] ?? {}).toString();
      const answer = await call(`${RESOURCES[model].path}/${id}${query && `?${query}`}`);
      const read = answer.ok ? recordAnswer(model, id, answer.value) : answer;
      return read.ok ? ok({ model, shape: "record", at: now().toISOString(), ...read.value }) : read;
    },

    async readPage(model, at, only) {
      const query = "next" in at ? at.next : listingQuery(PAGE_SIZE, at.updatedAfter ?? null);
      const answer = expectSuccess(await list(model, query));
      if (!answer.ok) return answer;
      const { body, headers, ticket } = answer.value;
      if (!Array.isArray(body)) return err({ kind: "malformed", detail: `the list of ${model} is no array` });
      const wanted = only ? body.filter((item) => only.has(recordId(item) ?? 0)) : body;
      const { records, absent, unusable } = await parsePage(model, wanted);
      if (unusable > 0 && records.length + absent.length === 0) {
        return err({ kind: "malformed", detail: `none of the listed ${model} records has a usable id` });
      }
      return ok({
        read: { model, shape: "page", ticket, at: now().toISOString(), records, absent },
        next: nextPageQuery(headers.get("link")),
        total: itemCount(headers),
        unusable,
        servedAt: servedAt(headers, now()),
      });
    },

    async count(model) {
      const answer = expectSuccess(await list(model, listingQuery(1, null)));
      if (!answer.ok) return answer;
      const { body, headers } = answer.value;
      return ok(itemCount(headers) ?? (Array.isArray(body) ? body.length : 0));
    },

    async listSubscriptions() {
      return parseAnswer(await call("webhooks/subscriptions", { listing: "optional" }), subscriptionsWire);
    },

    async createSubscription(request) {
      return parseAnswer(await call("webhooks/subscriptions", { method: "POST", body: request }), subscriptionWire);
    },

    async deleteSubscription(id) {
      const path = `webhooks/subscriptions/${encodeURIComponent(id)}`;
      const answer = expectSuccess(await call(path, { method: "DELETE" }));
      return answer.ok || answer.failure.kind === "not_found" ? ok(null) : answer;
    },
  };
}

function listingQuery(pageSize: number, updatedAfter: string | null): string {
  const query = new URLSearchParams({ page_size: String(pageSize) });
  if (updatedAfter !== null) query.set("filter[updated_after]", updatedAfter);
  return `?${query}`;
}
