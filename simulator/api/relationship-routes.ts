import { Hono } from "hono";
import type { SimulatorCore } from "../core.ts";
import type { Edit } from "../edit.ts";
import type { CollectionName } from "../records.ts";
import { ApiError } from "./errors.ts";
import { readJson } from "./read-json.ts";

interface Related {
  id: number;
  role?: string;
  lead_lawyer?: boolean;
  originating_lawyer?: boolean;
}

/** Relationships can be added, and neither read nor taken away: so it is documented. Roles go in and never come out. */
export function relationshipRoutes(core: SimulatorCore, edit: Edit): Hono {
  const app = new Hono();
  const known = (name: CollectionName, id: number) => {
    if (!core.firm[name].has(id)) throw new ApiError(404, "The record was not found.");
    return id;
  };
  const related = (name: "clients" | "companies" | "staff", body: Record<string, unknown>): Related[] => {
    const list = body[name];
    if (!Array.isArray(list) || list.length === 0) throw new ApiError(422, "Nobody is named", { pointer: `/${name}` });
    for (const one of list as Related[]) {
      if (!core.firm[name].has(one.id)) throw new ApiError(422, `${one.id} was not found`, { pointer: `/${name}` });
      if (one.role) learnRole(core, edit, one.role);
    }
    return list as Related[];
  };

  app.post("/cases/:id/relationships/clients", async (c) => {
    const id = known("cases", Number(c.req.param("id")));
    for (const one of related("clients", await readJson(c))) edit.addCaseClient(id, one.id);
    return c.body(null, 204);
  });
  app.post("/cases/:id/relationships/companies", async (c) => {
    const id = known("cases", Number(c.req.param("id")));
    const added = related("companies", await readJson(c)).map((one) => ({ id: one.id }));
    const before = edit.get("cases", id).companies.filter((one) => !added.some((other) => other.id === one.id));
    edit.update("cases", id, { companies: [...before, ...added] });
    return c.body(null, 204);
  });
  app.post("/cases/:id/relationships/staff", async (c) => {
    const id = known("cases", Number(c.req.param("id")));
    for (const { id: staffId, lead_lawyer = false, originating_lawyer = false } of related(
      "staff",
      await readJson(c),
    )) {
      edit.addCaseStaff(id, staffId, { lead_lawyer, originating_lawyer });
    }
    return c.body(null, 204);
  });
  app.post("/companies/:id/relationships/clients", async (c) => {
    const id = known("companies", Number(c.req.param("id")));
    const added = related("clients", await readJson(c)).map((one) => ({ id: one.id }));
    const before = edit.get("companies", id).clients.filter((one) => !added.some((other) => other.id === one.id));
    edit.update("companies", id, { clients: [...before, ...added] });
    return c.body(null, 204);
  });
  return app;
}

/** Documented: a role is matched without regard to case, and created if the firm has none of that name. */
function learnRole(core: SimulatorCore, edit: Edit, role: string): void {
  const isKnown = [...core.firm.case_roles.values()].some((one) => one.name.toLowerCase() === role.toLowerCase());
  if (!isKnown) edit.create("case_roles", { name: role });
}
