import { type Context, Hono } from "hono";
import type { SimulatorCore } from "../core.ts";
import type { Edit } from "../edit.ts";
import type { AnyRecord, CaseRecord, CollectionName } from "../records.ts";
import type { WebhookSender } from "../webhooks/sender.ts";
import { ApiError } from "./errors.ts";
import { listRecords } from "./list.ts";
import { listOptionRoutes } from "./list-option-routes.ts";
import { present, readSparse } from "./present.ts";
import { relationshipRoutes } from "./relationship-routes.ts";
import { subscriptionRoutes } from "./subscription-routes.ts";
import { refuseHidden, refuseWithoutPermission } from "./visible.ts";
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
    refuseWithoutPermission(core);
    const id = Number(c.req.param("id"));
    if (!core.firm.clients.has(id)) throw new ApiError(404, "The record was not found.");
    return listRecords(core, "cases", new URL(c.req.url), (record) =>
      (record as CaseRecord).clients.some((client) => client.id === id),
    );
  });
  app.get("/firm", (c) => c.json({ name: "Simulated & Partners LLP", url: "https://simulated.mycase.test" }));
  app.get("/me", (c) => c.json(core.ordered("staff")[0] ?? {}));
  app.route("/webhooks/subscriptions", subscriptionRoutes(sender));
  app.route("/", listOptionRoutes(core, edit));
  app.route("/", relationshipRoutes(core, edit));
  app.route("/", writeRoutes(core, edit));
  return app;
}

function readRecord(core: SimulatorCore, name: CollectionName, c: Context): Response {
  refuseWithoutPermission(core);
  const id = Number(c.req.param("id"));
  refuseHidden(core, name, id);
  const record = (core.firm[name] as Map<number, AnyRecord>).get(id);
  if (!record) throw new ApiError(404, "The record was not found.");
  return c.json(present(core, name, record, readSparse(name, new URL(c.req.url).searchParams)));
}
