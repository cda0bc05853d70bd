import { type Context, Hono } from "hono";
import { ApiError } from "../api/errors.ts";
import { readJson } from "../api/read-json.ts";
import type { EditOptions } from "../edit.ts";
import type { AnyRecord, CollectionName } from "../records.ts";
import type { Simulator } from "../simulator.ts";
import { misbehave } from "./fault-request.ts";
import { storm } from "./storm.ts";

/** The simulator's own API, for the demo, benchmarks and scripts: edit records, misbehave, look at what was asked. */
export function controlRoutes(simulator: Simulator): Hono {
  const { core, webhooks } = simulator;
  const app = new Hono();

  app.get("/state", (c) =>
    c.json({
      counts: Object.fromEntries(Object.entries(core.firm).map(([name, records]) => [name, records.size])),
      subscriptions: webhooks.subscriptions.map(({ id, model, actions }) => ({ id, model, actions })),
      faults: core.faults.describe(),
      requests: core.log.entries.length,
      refresh_calls: core.tokens.refreshCalls,
      tokens_issued: core.tokens.issued,
    }),
  );
  app.get("/log", (c) => c.json(core.log.entries.slice(-1000)));
  app.delete("/log", (c) => {
    core.log.clear();
    return c.body(null, 204);
  });
  app.get("/webhooks", (c) =>
    c.json(
      webhooks.history.slice(-1000).map(({ subscription, ...rest }) => ({ ...rest, subscription: subscription.id })),
    ),
  );

  app.post("/faults", async (c) => {
    const rule_id = misbehave(simulator, await readJson(c));
    return c.json({ ...core.faults.describe(), rule_id });
  });
  app.delete("/faults", (c) => {
    core.faults.clear();
    return c.body(null, 204);
  });
  app.delete("/faults/:id", (c) => {
    core.faults.remove(Number(c.req.param("id")));
    return c.body(null, 204);
  });
  app.post("/storm", async (c) => {
    const { events = 100, cases = 10, seconds = 0 } = (await readJson(c)) as Record<string, number | undefined>;
    await storm(simulator, { events, cases, seconds });
    return c.json({ events }, 202);
  });

  app.route("/", recordRoutes(simulator));
  return app;
}

/** Every collection's records. `?silent=1` raises no webhook, `?keep_updated_at=1` does not date the change. */
function recordRoutes({ core, edit }: Simulator): Hono {
  const app = new Hono();
  const collectionOf = (c: Context): CollectionName => {
    const name = c.req.param("collection") ?? "";
    if (Object.hasOwn(core.firm, name)) return name as CollectionName;
    throw new ApiError(404, "Collection not found.");
  };
  const placeOf = (c: Context) => {
    const name = collectionOf(c);
    const id = Number(c.req.param("id"));
    if (core.firm[name].has(id)) return { name, id };
    throw new ApiError(404, "The record was not found.");
  };

  app.get("/:collection", (c) => {
    const limit = Number(c.req.query("limit") ?? 25);
    const q = c.req.query("q")?.toLowerCase();
    return c.json(take(core.ordered(collectionOf(c)), q, limit));
  });
  app.post("/:collection", async (c) => c.json(edit.create(collectionOf(c), await readJson(c), editOptions(c)), 201));
  app.get("/:collection/:id", (c) => {
    const { name, id } = placeOf(c);
    return c.json(edit.get(name, id));
  });
  app.patch("/:collection/:id", async (c) => {
    const { name, id } = placeOf(c);
    const { name: called, id: _, ...patch } = await readJson(c);
    const inCases = name === "case_stages" || name === "practice_areas";
    if (inCases && typeof called === "string") edit.renameListEntry(name, id, called, editOptions(c));
    const rest = called === undefined || inCases ? patch : { ...patch, name: called };
    if (Object.keys(rest).length > 0 || called === undefined) edit.update(name, id, rest, editOptions(c));
    return c.json(edit.get(name, id));
  });
  app.delete("/:collection/:id", (c) => {
    const { name, id } = placeOf(c);
    edit.remove(name, id, editOptions(c));
    return c.body(null, 204);
  });
  return app;
}

function editOptions(c: Context): EditOptions {
  return { silent: c.req.query("silent") === "1", keepUpdatedAt: c.req.query("keep_updated_at") === "1" };
}

/** The first records that hold the text anywhere; the search ends when there are enough. */
function take(records: AnyRecord[], q: string | undefined, limit: number): AnyRecord[] {
  if (q === undefined) return records.slice(0, limit);
  const found: AnyRecord[] = [];
  for (const record of records) {
    if (found.length >= limit) break;
    if (JSON.stringify(record).toLowerCase().includes(q)) found.push(record);
  }
  return found;
}
