import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { Account } from "./account.ts";

export const TOKEN = "token-for-tests";
const ACCOUNT_ID = "account-1";

export interface CloudflareStandIn {
  url: string;
  account: Account;
  /** Calls for which the rule holds are answered with 500; null: none. */
  failWhen(rule: ((call: string) => boolean) | null): void;
  close(): Promise<void>;
}

/**
 * Cloudflare's API as far as wrangler and the deployment use it, for one account. `GET /ready` answers as the deployed
 * worker would: 200 once everything it needs is there.
 */
export async function startCloudflareStandIn(): Promise<CloudflareStandIn> {
  const account = new Account();
  let fails: ((call: string) => boolean) | null = null;
  const app = new Hono();
  app.get("/ready", (c) => c.json({ missing: account.missing() }, account.missing().length === 0 ? 200 : 503));
  app.use("/client/v4/*", async (c, next) => {
    if (c.req.header("authorization") !== `Bearer ${TOKEN}`) return refuse(c, 403, 10000, "Authentication error");
    if (fails?.(`${c.req.method} ${c.req.path}`)) return refuse(c, 500, 1, "injected");
    await next();
  });
  app.get("/client/v4/accounts", (c) => list(c, [{ id: ACCOUNT_ID, name: "Test account" }]));
  app.route(`/client/v4/accounts/${ACCOUNT_ID}`, databaseRoutes(account));
  app.route(`/client/v4/accounts/${ACCOUNT_ID}`, queueRoutes(account));
  app.route(`/client/v4/accounts/${ACCOUNT_ID}`, workerRoutes(account));
  app.notFound((c) => refuse(c, 404, 7003, `the stand-in does not know ${c.req.method} ${c.req.path}`));
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    account,
    failWhen(rule) {
      fails = rule;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function databaseRoutes(account: Account): Hono {
  const routes = new Hono();
  routes.get("/d1/database", (c) => {
    return list(
      c,
      [...account.databases].map(([uuid, { name }]) => ({ uuid, name })),
    );
  });
  routes.post("/d1/database", async (c) => {
    const { name } = await c.req.json();
    return ok(c, { uuid: account.createDatabase(name), name });
  });
  routes.post("/d1/database/:id/query", async (c) => {
    const database = account.databases.get(c.req.param("id"));
    if (!database) return refuse(c, 404, 7404, "no such database");
    const { sql } = await c.req.json();
    const isQuery = /^\s*select/i.test(sql);
    const results = isQuery ? database.sql.prepare(sql).all() : [];
    if (!isQuery) database.sql.exec(sql);
    return ok(c, [{ success: true, results, meta: { duration: 1 } }]);
  });
  routes.get("/r2/buckets/:name", (c) => {
    const name = c.req.param("name");
    return account.buckets.has(name) ? ok(c, { name }) : refuse(c, 404, 10006, "no such bucket");
  });
  routes.post("/r2/buckets", async (c) => {
    const { name } = await c.req.json();
    account.buckets.add(name);
    return ok(c, { name });
  });
  return routes;
}

function queueRoutes(account: Account): Hono {
  const routes = new Hono();
  routes.get("/queues", (c) => {
    const name = c.req.query("name");
    const queues = [...account.queues].filter(([queue]) => name === undefined || queue === name);
    return list(
      c,
      queues.map(([queue_name, { id, consumers }]) => ({ queue_id: id, queue_name, consumers, producers: [] })),
    );
  });
  routes.post("/queues", async (c) => {
    const { queue_name } = await c.req.json();
    if (account.queues.has(queue_name)) return refuse(c, 409, 11009, "Queue name is already taken");
    return ok(c, { queue_id: account.createQueue(queue_name), queue_name });
  });
  routes.get("/queues/:id/consumers", (c) => list(c, account.queueById(c.req.param("id"))?.consumers ?? []));
  routes.post("/queues/:id/consumers", async (c) => {
    const queue = account.queueById(c.req.param("id"));
    const { script_name } = await c.req.json();
    const consumer = { type: "worker", consumer_id: `consumer-of-${c.req.param("id")}`, script: script_name } as const;
    queue?.consumers.push(consumer);
    return queue ? ok(c, consumer) : refuse(c, 404, 11000, "no such queue");
  });
  routes.put("/queues/:id/consumers/:consumer", (c) => ok(c, { consumer_id: c.req.param("consumer") }));
  return routes;
}

function workerRoutes(account: Account): Hono {
  const routes = new Hono();
  const upload = async (c: Context) => {
    const metadata = JSON.parse(String((await c.req.formData()).get("metadata")));
    const problem = account.upload(c.req.param("name") ?? "", metadata);
    if (problem !== null) return refuse(c, 400, 10137, problem);
    return ok(c, { id: "version-1", deployment_id: "deployment-1", resources: { script: { etag: "etag-1" } } });
  };
  routes.get("/workers/subdomain", (c) => ok(c, { subdomain: "firm" }));
  routes.put("/workers/scripts/:name", upload);
  routes.use("/workers/:section{scripts|services|workers}/:name/*", async (c, next) => {
    if (!account.scripts.has(c.req.param("name"))) return refuse(c, 404, 10007, "This Worker does not exist");
    await next();
  });
  routes.use("/workers/:section{services|workers}/:name", async (c, next) => {
    if (!account.scripts.has(c.req.param("name"))) return refuse(c, 404, 10090, "This service does not exist");
    await next();
  });
  routes.get("/workers/services/:name", (c) => {
    const script = { last_deployed_from: "wrangler", migration_tag: "v1", tag: "tag-1" };
    return ok(c, { id: c.req.param("name"), default_environment: { environment: "production", script } });
  });
  routes.get("/workers/workers/:name", (c) => ok(c, { subdomain: { enabled: true, previews_enabled: false } }));
  routes.post("/workers/scripts/:name/versions", upload);
  routes.get("/workers/scripts/:name/deployments", (c) => ok(c, { deployments: [] }));
  routes.post("/workers/scripts/:name/deployments", (c) => ok(c, { id: "deployment-1" }));
  routes.patch("/workers/scripts/:name/script-settings", (c) => ok(c, {}));
  routes.get("/workers/scripts/:name/settings", (c) => {
    return ok(c, { bindings: account.scripts.get(c.req.param("name"))?.bindings });
  });
  routes.post("/workers/scripts/:name/subdomain", (c) => ok(c, { enabled: true, previews_enabled: false }));
  routes.get("/workers/scripts/:name/secrets", (c) => {
    const secrets = [...(account.scripts.get(c.req.param("name"))?.secrets ?? [])];
    return ok(
      c,
      secrets.map((name) => ({ name, type: "secret_text" })),
    );
  });
  routes.put("/workers/scripts/:name/schedules", async (c) => {
    const schedules = (await c.req.json()) as { cron: string }[];
    const script = account.scripts.get(c.req.param("name"));
    if (script) script.crons = schedules.map(({ cron }) => cron);
    return ok(c, { schedules });
  });
  return routes;
}

function ok(c: Context, result: unknown): Response {
  return c.json({ success: true, errors: [], messages: [], result } as object);
}

function list(c: Context, result: unknown[]): Response {
  const result_info = { page: 1, per_page: 100, count: result.length, total_count: result.length, total_pages: 1 };
  return c.json({ success: true, errors: [], messages: [], result, result_info } as object);
}

function refuse(c: Context, status: 400 | 403 | 404 | 409 | 500, code: number, message: string): Response {
  return c.json({ success: false, errors: [{ code, message }], messages: [], result: null }, status);
}
