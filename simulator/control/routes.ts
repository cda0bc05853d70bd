import { Hono } from "hono";
import type { FaultRule } from "../fault-rules.ts";
import type { LostPermission, WebhookFaults } from "../faults.ts";
import type { AnyRecord, CollectionName } from "../records.ts";
import type { Simulator } from "../simulator.ts";

/** What `POST /control/faults` takes; whatever is given is switched, the rest stays. */
interface FaultRequest {
  rule?: FaultRule;
  webhooks?: Partial<WebhookFaults>;
  maintenance?: boolean;
  shuffleArrays?: boolean;
  lostPermission?: LostPermission;
  truncateListings?: boolean;
  loseRefreshAnswers?: number;
  hideCases?: Record<string, 403 | 404>;
  killAccessTokens?: boolean;
  killRefreshTokens?: boolean;
  expirePageLinks?: boolean;
}

/** The simulator's own API, for the demo, benchmarks and scripts: edit records, misbehave, look at what was asked. */
export function controlRoutes(simulator: Simulator): Hono {
  const { core, edit, webhooks } = simulator;
  const app = new Hono();

  app.get("/state", (c) =>
    c.json({
      counts: Object.fromEntries(Object.entries(core.firm).map(([name, records]) => [name, records.size])),
      subscriptions: webhooks.subscriptions.map(({ id, model, actions }) => ({ id, model, actions })),
      faults: core.faults.describe(),
      requests: core.log.entries.length,
      refresh_calls: core.tokens.refreshCalls,
    }),
  );
  app.get("/log", (c) => c.json(core.log.entries.slice(-1000)));
  app.delete("/log", (c) => {
    core.log.clear();
    return c.body(null, 204);
  });
  app.post("/faults", async (c) => {
    misbehave(simulator, (await c.req.json()) as FaultRequest);
    return c.json(core.faults.describe());
  });
  app.delete("/faults", (c) => {
    core.faults.clear();
    return c.body(null, 204);
  });
  app.post("/storm", async (c) => {
    const { events, cases, seconds } = (await c.req.json()) as { events: number; cases: number; seconds?: number };
    const ids = core.ordered("cases").slice(0, cases);
    const pause = ((seconds ?? 0) * 1000) / Math.max(1, events);
    for (let event = 0; event < events; event++) {
      const target = ids[event % ids.length];
      if (target) edit.update("cases", target.id, { description: `storm ${event}` });
      if (pause > 1) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return c.json({ events }, 202);
  });

  const named = (name: string) => (name in core.firm ? (name as CollectionName) : null);
  app.get("/:collection", (c) => {
    const name = named(c.req.param("collection"));
    if (!name) return c.notFound();
    const limit = Number(c.req.query("limit") ?? 25);
    return c.json(
      core
        .ordered(name)
        .filter((one) => matches(one, c.req.query("q")))
        .slice(0, limit),
    );
  });
  app.post("/:collection", async (c) => {
    const name = named(c.req.param("collection"));
    return name ? c.json(edit.create(name, await c.req.json()), 201) : c.notFound();
  });
  app.on(["GET", "PATCH", "DELETE"], "/:collection/:id", async (c) => {
    const name = named(c.req.param("collection"));
    const id = Number(c.req.param("id"));
    if (!name || !core.firm[name].has(id)) return c.notFound();
    if (c.req.method === "PATCH") return c.json(edit.update(name, id, await c.req.json()));
    if (c.req.method === "GET") return c.json(edit.get(name, id));
    edit.remove(name, id);
    return c.body(null, 204);
  });
  return app;
}

function misbehave(simulator: Simulator, request: FaultRequest): void {
  const { faults, tokens } = simulator.core;
  if (request.rule) faults.add(request.rule);
  if (request.webhooks) faults.webhooks = { ...faults.webhooks, ...request.webhooks };
  if (request.maintenance !== undefined) faults.maintenance = request.maintenance;
  if (request.shuffleArrays !== undefined) faults.shuffleArrays = request.shuffleArrays;
  if (request.lostPermission !== undefined) faults.lostPermission = request.lostPermission;
  if (request.truncateListings !== undefined) faults.truncateListings = request.truncateListings;
  if (request.loseRefreshAnswers !== undefined) faults.loseRefreshAnswers = request.loseRefreshAnswers;
  for (const [id, status] of Object.entries(request.hideCases ?? {})) faults.hiddenCases.set(Number(id), status);
  if (request.killAccessTokens) tokens.killAccess();
  if (request.killRefreshTokens) tokens.killRefresh();
  if (request.expirePageLinks) simulator.expirePageLinks();
}

function matches(record: AnyRecord, q: string | undefined): boolean {
  return q === undefined || JSON.stringify(record).toLowerCase().includes(q.toLowerCase());
}
