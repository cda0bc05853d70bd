import { type Context, Hono } from "hono";
import type { SimulatorCore } from "../core.ts";
import type { Edit } from "../edit.ts";
import type { AnyRecord, CollectionName } from "../records.ts";
import type { WebhookSender } from "../webhooks/sender.ts";
import { ApiError } from "./errors.ts";
import { listRecords } from "./list.ts";
import { present, readSparse } from "./present.ts";
import { subscriptionRoutes } from "./subscription-routes.ts";
import { writeRoutes } from "./write-routes.ts";

const LISTED: CollectionName[] = [
  "cases",
  "clients",
  "staff",
  "leads",
  "companies",
  "people_groups",
  "case_stages",
  "practice_areas",
  "case_roles",
  "custom_fields",
];
const READ_BY_ID: CollectionName[] = ["cases", "clients", "staff", "leads", "companies", "custom_fields"];

/** The documented paths under `/v1`. */
export function apiRoutes(core: SimulatorCore, edit: Edit, sender: WebhookSender): Hono {
  const app = new Hono();
  for (const name of LISTED) {
    app.get(`/${name}`, (c) => {
      refuseWithoutPermission(core);
      return listRecords(core, name, new URL(c.req.url));
    });
  }
  for (const name of READ_BY_ID) app.get(`/${name}/:id`, (c) => readRecord(core, name, c));

  app.get("/clients/:id/cases", (c) => {
    const id = Number(c.req.param("id"));
    const cases = core
      .ordered("cases")
      .filter((one) => core.firm.cases.get(one.id)?.clients.some((client) => client.id === id));
    return c.json(
      cases.map((record) => shown(core, "cases", record, c)),
      200,
      { "item-count": String(cases.length) },
    );
  });
  app.get("/custom_fields/:id/list_options", (c) => {
    const field = core.firm.custom_fields.get(Number(c.req.param("id")));
    if (!field) throw new ApiError(404, "The custom field was not found.");
    return c.json(field.list_options ?? []);
  });
  app.get("/firm", (c) => c.json({ name: "Simulated & Partners LLP", url: "https://simulated.mycase.test" }));
  app.get("/me", (c) => c.json(core.ordered("staff")[0] ?? {}));
  app.route("/webhooks/subscriptions", subscriptionRoutes(sender));
  app.route("/", writeRoutes(core, edit));
  app.notFound(() => new ApiError(404, "There is no such path.").toResponse());
  return app;
}

function readRecord(core: SimulatorCore, name: CollectionName, c: Context): Response {
  refuseWithoutPermission(core);
  const id = Number(c.req.param("id"));
  const record = (core.firm[name] as Map<number, AnyRecord>).get(id);
  const hidden = name === "cases" ? core.faults.hiddenCases.get(id) : undefined;
  const narrowed = name === "cases" && core.faults.lostPermission === "narrowed" && id % 2 === 0;
  if (hidden === 403 || narrowed) throw new ApiError(403, "You are not allowed to see this.");
  if (!record || hidden === 404) throw new ApiError(404, "The record was not found.");
  return c.json(shown(core, name, record, c));
}

function shown(core: SimulatorCore, name: CollectionName, record: AnyRecord, c: Context): Record<string, unknown> {
  return present(name, record, core.firm, readSparse(new URL(c.req.url).searchParams), core.faults);
}

function refuseWithoutPermission(core: SimulatorCore): void {
  if (core.faults.lostPermission === "forbidden") throw new ApiError(403, "The user's permission is insufficient.");
}
