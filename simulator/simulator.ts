import { Hono } from "hono";
import { answerWithFaults, bearerOf } from "./answer-with-faults.ts";
import { ApiError } from "./api/errors.ts";
import { RateLimit } from "./api/rate-limit.ts";
import { apiRoutes } from "./api/routes.ts";
import { pageRoutes } from "./control/page.ts";
import { controlRoutes } from "./control/routes.ts";
import { SimulatorCore } from "./core.ts";
import { makeFirm } from "./data/make-firm.ts";
import { Edit } from "./edit.ts";
import type { Faults } from "./faults.ts";
import { oauthRoutes } from "./oauth/routes.ts";
import type { Tokens } from "./oauth/tokens.ts";
import type { Collections } from "./records.ts";
import type { RequestLog } from "./request-log.ts";
import { restoreState, takeSnapshot } from "./snapshot.ts";
import { type PayloadShape, type Signature, WebhookSender } from "./webhooks/sender.ts";

export interface SimulatorOptions {
  cases?: number;
  seed?: number;
  clientId?: string;
  clientSecret?: string;
  redirectUris?: string[] | "any";
  /** ms since the epoch. */
  now?: () => number;
  /** How webhooks leave. */
  send?: (request: Request) => Promise<Response>;
  /** `manual`: webhooks wait in the outbox until they are delivered by hand. */
  delivery?: "auto" | "manual";
  /** `Infinity` turns the limit off. */
  requestsPerSecond?: number;
  latencyMs?: number;
  signature?: Signature | null;
  payload?: PayloadShape;
  /** Waits before each repetition of a delivery that was not taken; none: it is sent once. */
  retryAfterMs?: number[];
  /** What the value of a list field is; MyCase does not say. */
  listValue?: "option" | "key";
  /** How finely records are dated; by seconds two changes may share their `updated_at`. */
  timestamps?: "seconds" | "milliseconds";
  /** The most records that a page holds, whatever was asked for: so a small firm has listings of many pages. */
  largestPage?: number;
  /** False: without the controls and the page. */
  control?: boolean;
}

/** A simulated MyCase: both hosts in one app, its data, and the faults it can inject. */
export interface Simulator {
  app: Hono;
  handle(request: Request): Promise<Response>;
  core: SimulatorCore;
  readonly firm: Collections;
  edit: Edit;
  webhooks: WebhookSender;
  faults: Faults;
  tokens: Tokens;
  log: RequestLog;
  limit: RateLimit;
  /** Makes every page link given so far an expired one. */
  expirePageLinks(): void;
  /** The whole state; its `core.revision` tells whether it has changed. */
  snapshot(): string;
  restore(json: string): void;
}

const SIGNATURE: Signature = { header: "x-mycase-signature", hash: "SHA-256", encoding: "hex", prefix: "" };

/** Makes a simulator; with the same seed and clock it holds the same firm. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const now = options.now ?? Date.now;
  const core = new SimulatorCore(makeFirm({ cases: options.cases ?? 500, seed: options.seed ?? 1, now: now() }), {
    now,
    listValue: options.listValue ?? "option",
    timestamps: options.timestamps ?? "seconds",
    largestPage: options.largestPage ?? Number.POSITIVE_INFINITY,
  });
  const webhooks = new WebhookSender(core, {
    delivery: options.delivery ?? "auto",
    payload: options.payload ?? "resource",
    signature: options.signature === undefined ? SIGNATURE : options.signature,
    send: options.send ?? ((request) => fetch(request)),
    retryAfterMs: options.retryAfterMs ?? [1_000, 5_000, 30_000],
  });
  const limit = new RateLimit(options.requestsPerSecond ?? 25);
  const edit = new Edit(core, webhooks);
  const app = makeApp(core, limit, options.latencyMs ?? 0);
  const simulator: Simulator = {
    app,
    handle: async (request) => app.fetch(request),
    core,
    get firm() {
      return core.firm;
    },
    edit,
    webhooks,
    faults: core.faults,
    tokens: core.tokens,
    log: core.log,
    limit,
    expirePageLinks: () => core.faults.expirePageLinks(),
    snapshot: () => takeSnapshot(core, webhooks),
    restore: (json) => restoreState(core, webhooks, json),
  };
  app.route("/", oauthRoutes(credentialsOf(options), core.tokens, core.faults));
  app.route("/v1", apiRoutes(core, edit, webhooks));
  if (options.control === false) return simulator;
  app.route("/control", controlRoutes(simulator));
  app.route("/", pageRoutes(simulator));
  return simulator;
}

function credentialsOf(options: SimulatorOptions) {
  const { clientId = "demo-client", clientSecret = "demo-secret", redirectUris = "any" } = options;
  return { clientId, clientSecret, redirectUris };
}

/** What holds for every request: faults and the log, tokens and the limit for the API, errors in MyCase's form. */
function makeApp(core: SimulatorCore, limit: RateLimit, latencyMs: number): Hono {
  const app = new Hono();
  app.onError((error) => {
    if (error instanceof ApiError) return error.toResponse();
    throw error;
  });
  app.notFound(() => new ApiError(404, "Path not found.").toResponse());
  app.use("*", answerWithFaults(core, latencyMs));
  app.use("/v1/*", async (c, next) => {
    if (!core.tokens.isAccess(bearerOf(c.req.raw))) {
      return new ApiError(401, "The access token is missing, invalid or expired.").toResponse();
    }
    if (limit.admits(core.now())) return next();
    return new ApiError(429, "Too many requests.").toResponse(limit.sendRetryAfter ? { "retry-after": "1" } : {});
  });
  return app;
}
