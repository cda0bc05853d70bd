import { Hono } from "hono";
import { ApiError } from "./api/errors.ts";
import { RateLimit } from "./api/rate-limit.ts";
import { apiRoutes } from "./api/routes.ts";
import { pageRoutes } from "./control/page.ts";
import { controlRoutes } from "./control/routes.ts";
import { SimulatorCore } from "./core.ts";
import { makeFirm } from "./data/make-firm.ts";
import { Edit } from "./edit.ts";
import { oauthRoutes } from "./oauth/routes.ts";
import { restoreState, takeSnapshot } from "./snapshot.ts";
import { type PayloadShape, type Signature, WebhookSender } from "./webhooks/sender.ts";

export interface SimulatorOptions {
  cases?: number;
  seed?: number;
  clientId?: string;
  clientSecret?: string;
  /** ms since the epoch. */
  now?: () => number;
  /** How webhooks leave. */
  send?: (request: Request) => Promise<Response>;
  delivery?: "auto" | "manual";
  requestsPerSecond?: number;
  latencyMs?: number;
  signature?: Signature | null;
  payload?: PayloadShape;
  retryAfterMs?: number[];
}

/** A MyCase of its own: both hosts in one app, its data, and everything that it can be told to do wrong. */
export interface Simulator {
  app: Hono;
  handle(request: Request): Promise<Response>;
  core: SimulatorCore;
  edit: Edit;
  webhooks: WebhookSender;
  limit: RateLimit;
  /** Makes every page link given so far an expired one. */
  expirePageLinks(): void;
  snapshot(): string;
  restore(json: string): void;
}

const SIGNATURE: Signature = { header: "x-mycase-signature", hash: "SHA-256", encoding: "hex", prefix: "" };

/** Makes a simulator; with the same seed and clock it holds the same firm. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const now = options.now ?? Date.now;
  const core = new SimulatorCore(makeFirm({ cases: options.cases ?? 500, seed: options.seed ?? 1, now: now() }), now);
  const webhooks = new WebhookSender(core, {
    delivery: options.delivery ?? "auto",
    payload: options.payload ?? "resource",
    signature: options.signature === undefined ? SIGNATURE : options.signature,
    send: options.send ?? ((request) => fetch(request)),
    retryAfterMs: options.retryAfterMs ?? [1_000, 5_000, 30_000],
  });
  const edit = new Edit(core, webhooks);
  const limit = new RateLimit(options.requestsPerSecond ?? 25);
  const credentials = {
    clientId: options.clientId ?? "demo-client",
    clientSecret: options.clientSecret ?? "demo-secret",
  };
  const app = new Hono();
  app.onError((error) => {
    if (error instanceof ApiError) return error.toResponse();
    throw error;
  });
  app.use("/v1/*", async (c, next) => {
    const refusal = admit(core, limit, c.req.raw);
    if (refusal) return refusal;
    return next();
  });
  app.route("/", oauthRoutes(credentials, core.tokens, core.faults));
  app.route("/v1", apiRoutes(core, edit, webhooks));
  const simulator: Simulator = {
    app,
    handle: (request) => answer(core, app, request, options.latencyMs ?? 0),
    core,
    edit,
    webhooks,
    limit,
    expirePageLinks: () => {
      core.linkEpoch += 1;
    },
    snapshot: () => takeSnapshot(core, webhooks),
    restore: (json) => restoreState(core, webhooks, json),
  };
  app.route("/control", controlRoutes(simulator));
  app.route("/", pageRoutes(simulator));
  return simulator;
}

function admit(core: SimulatorCore, limit: RateLimit, request: Request): Response | null {
  const token = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
  if (!core.tokens.isAccess(token))
    return new ApiError(401, "The access token is missing, invalid or expired.").toResponse();
  if (limit.admits(core.now())) return null;
  return new ApiError(429, "Too many requests.").toResponse(limit.sendRetryAfter ? { "retry-after": "1" } : {});
}

/** The answer, after whatever faults strike; what belongs to MyCase is logged, the controls are not. */
async function answer(core: SimulatorCore, app: Hono, request: Request, latencyMs: number): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === "/" || url.pathname.startsWith("/control")) return app.fetch(request);
  const rule = core.faults.strike(request.method, url.pathname);
  const wait = latencyMs + (rule?.latencyMs ?? 0);
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  const response = core.faults.maintenance
    ? new ApiError(503, "Down for scheduled maintenance.").toResponse()
    : await struck(app, request, rule);
  core.log.add({
    method: request.method,
    path: url.pathname,
    query: url.search,
    status: response.status,
    at: core.now(),
  });
  const dated = new Response(response.body, response);
  dated.headers.set("date", new Date(core.now()).toUTCString());
  return dated;
}

async function struck(
  app: Hono,
  request: Request,
  rule: ReturnType<SimulatorCore["faults"]["strike"]>,
): Promise<Response> {
  if (rule?.status !== undefined) {
    const headers = { "content-type": "application/json", ...rule.headers };
    const body = rule.body ?? JSON.stringify({ errors: [{ description: "The simulator was told to answer this." }] });
    return new Response(body, { status: rule.status, headers });
  }
  const response = await app.fetch(request);
  if (rule?.body !== undefined) return new Response(rule.body, response);
  if (!rule?.cutOff) return response;
  const text = await response.text();
  return new Response(text.slice(0, Math.floor(text.length / 2)), response);
}
