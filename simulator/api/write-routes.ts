import { Hono } from "hono";
import type { SimulatorCore } from "../core.ts";
import type { Edit } from "../edit.ts";
import type { CollectionName } from "../records.ts";
import { ApiError } from "./errors.ts";

/** Which writes are documented. The product must never use one; they are here so that a test would see it if it did. */
const WRITABLE: Partial<Record<CollectionName, ("POST" | "PUT" | "DELETE")[]>> = {
  cases: ["POST", "PUT", "DELETE"],
  clients: ["POST", "PUT", "DELETE"],
  companies: ["POST", "PUT", "DELETE"],
  leads: ["POST", "PUT"],
  people_groups: ["POST", "PUT", "DELETE"],
  case_stages: ["POST", "PUT", "DELETE"],
  practice_areas: ["POST", "PUT", "DELETE"],
  custom_fields: ["POST", "DELETE"],
};

/** Create 201 with the record, change and delete 204 without a body. */
export function writeRoutes(core: SimulatorCore, edit: Edit): Hono {
  const app = new Hono();
  const idOf = (name: CollectionName, text: string) => {
    const id = Number(text);
    if (!core.firm[name].has(id)) throw new ApiError(404, "The record was not found.");
    return id;
  };
  for (const [key, methods] of Object.entries(WRITABLE)) {
    const name = key as CollectionName;
    if (methods.includes("POST")) app.post(`/${name}`, async (c) => c.json(edit.create(name, await c.req.json()), 201));
    if (methods.includes("PUT")) {
      app.put(`/${name}/:id`, async (c) => {
        edit.update(name, idOf(name, c.req.param("id")), await c.req.json());
        return c.body(null, 204);
      });
    }
    if (methods.includes("DELETE")) {
      app.delete(`/${name}/:id`, (c) => {
        edit.remove(name, idOf(name, c.req.param("id")));
        return c.body(null, 204);
      });
    }
  }
  app.post("/cases/:id/relationships/clients", async (c) => {
    const { clients } = (await c.req.json()) as { clients: { id: number }[] };
    for (const { id } of clients) edit.addCaseClient(idOf("cases", c.req.param("id")), idOf("clients", String(id)));
    return c.body(null, 204);
  });
  app.post("/cases/:id/relationships/staff", async (c) => {
    const { staff } = (await c.req.json()) as {
      staff: { id: number; lead_lawyer?: boolean; originating_lawyer?: boolean }[];
    };
    for (const { id, ...flags } of staff)
      edit.addCaseStaff(idOf("cases", c.req.param("id")), idOf("staff", String(id)), flags);
    return c.body(null, 204);
  });
  return app;
}
