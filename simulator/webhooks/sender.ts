import type { SimulatorCore } from "../core.ts";
import { randomText } from "../oauth/tokens.ts";

export interface SubscriptionRecord {
  id: string;
  model: string;
  url: string;
  actions: string[];
  hmac_key: string;
}

/** How deliveries are signed; MyCase does not publish it. Null: they are not. */
export interface Signature {
  header: string;
  hash: "SHA-256" | "SHA-1" | "SHA-512";
  encoding: "hex" | "base64";
  prefix: string;
}

export type PayloadShape = "resource" | "flat-model" | "flat-event-type";

export interface Delivery {
  subscription: SubscriptionRecord;
  model: string;
  action: string;
  id: number;
}

export interface Delivered extends Delivery {
  /** The answer's status; 0 when there was none. */
  status: number;
  at: number;
}

export interface SenderOptions {
  delivery: "auto" | "manual";
  payload: PayloadShape;
  signature: Signature | null;
  send: (request: Request) => Promise<Response>;
  /** Waits before each repetition of a delivery that was not answered 2xx; 404 is final. */
  retryAfterMs: number[];
}

/** MyCase's side of webhooks: subscriptions, what waits to be sent, what was sent. */
export class WebhookSender {
  subscriptions: SubscriptionRecord[] = [];
  outbox: Delivery[] = [];
  readonly history: Delivered[] = [];
  private readonly underway = new Set<Promise<unknown>>();
  private stopped = false;
  private readonly core: SimulatorCore;
  private readonly options: SenderOptions;

  constructor(core: SimulatorCore, options: SenderOptions) {
    this.core = core;
    this.options = options;
  }

  subscribe(model: string, url: string, actions: string[]): SubscriptionRecord {
    const subscription = { id: randomText(9), model, url, actions, hmac_key: randomText(32) };
    this.subscriptions.push(subscription);
    this.core.changed();
    return subscription;
  }

  unsubscribe(id: string): boolean {
    const before = this.subscriptions.length;
    this.subscriptions = this.subscriptions.filter((one) => one.id !== id);
    this.core.changed();
    return this.subscriptions.length < before;
  }

  /** A record changed: every subscription to it gets a delivery, as far as the faults let it. */
  raise(model: string, action: string, id: number): void {
    const { webhooks } = this.core.faults;
    for (const subscription of this.subscriptions) {
      if (subscription.model !== model || !subscription.actions.includes(action)) continue;
      if (this.core.faults.chance(webhooks.drop)) continue;
      const times = this.core.faults.chance(webhooks.double) ? 2 : 1;
      for (let time = 0; time < times; time++) this.outbox.push({ subscription, model, action, id });
    }
    if (this.options.delivery === "auto") this.follow(this.flush());
  }

  /** Sends everything that waits, one after the other, in order unless `reorder` is set. */
  async deliverAll(): Promise<void> {
    const waiting = this.outbox.splice(0);
    const order = this.core.faults.webhooks.reorder ? this.core.faults.shuffled(waiting) : waiting;
    for (const delivery of order) await this.deliver(delivery);
  }

  /** So many attempts, whatever becomes of them; the answer to the last, null if there was none. */
  async deliver(delivery: Delivery, times = 1): Promise<Response | null> {
    let response: Response | null = null;
    for (let time = 0; time < times; time++) response = await this.attempt(delivery);
    return response;
  }

  private async attempt(delivery: Delivery): Promise<Response | null> {
    const body = JSON.stringify(payloadOf(delivery, this.options.payload));
    const headers = new Headers({ "content-type": "application/json" });
    const { signature } = this.options;
    const forged = this.core.faults.chance(this.core.faults.webhooks.forge);
    const key = forged ? "not the key" : delivery.subscription.hmac_key;
    if (signature) headers.set(signature.header, signature.prefix + (await sign(signature, key, body)));
    let response: Response | null = null;
    try {
      response = await this.options.send(new Request(delivery.subscription.url, { method: "POST", headers, body }));
      await response.arrayBuffer();
    } catch (error) {
      if (!(error instanceof Error)) throw error; // no answer at all is an answer too: status 0
    }
    this.history.push({ ...delivery, status: response?.status ?? 0, at: this.core.now() });
    if (this.history.length > 10_000) this.history.splice(0, 5_000);
    return response;
  }

  /** Resolves when no delivery is under way. */
  async idle(): Promise<void> {
    while (this.underway.size > 0) await Promise.all(this.underway);
  }

  /** Nothing is sent any more, nor repeated. */
  stop(): void {
    this.stopped = true;
    this.outbox = [];
  }

  private async flush(): Promise<void> {
    const { delayMs, reorder } = this.core.faults.webhooks;
    if (delayMs > 0 || reorder) await pause(delayMs + (reorder ? 200 * Math.random() : 0));
    const waiting = this.outbox.splice(0);
    await Promise.all(waiting.map((delivery) => this.deliverWithRetries(delivery)));
  }

  private async deliverWithRetries(delivery: Delivery): Promise<void> {
    for (const wait of [...this.options.retryAfterMs, null]) {
      const response = await this.deliver(delivery);
      if (response?.ok || response?.status === 404 || wait === null || this.stopped) return;
      await pause(wait);
      if (this.stopped) return;
    }
  }

  private follow(work: Promise<unknown>): void {
    const followed = work.finally(() => this.underway.delete(followed));
    this.underway.add(followed);
  }
}

function payloadOf({ model, action, id }: Delivery, shape: PayloadShape): Record<string, unknown> {
  switch (shape) {
    case "resource":
      return { resource: model.charAt(0).toUpperCase() + model.slice(1), action, resource_body: { id } };
    case "flat-model":
      return { model, action, id };
    case "flat-event-type":
      return { event_type: `${model}.${action}`, resource_id: id };
  }
}

/** HMAC of the body under the key's UTF-8 bytes. */
async function sign(signature: Signature, key: string, body: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: signature.hash };
  const cryptoKey = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["sign"]);
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", cryptoKey, encoder.encode(body)));
  if (signature.encoding === "base64") return btoa(String.fromCharCode(...bytes));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
