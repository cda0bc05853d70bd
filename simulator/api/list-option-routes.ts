import { Hono } from "hono";
import type { SimulatorCore } from "../core.ts";
import type { Edit } from "../edit.ts";
import { ApiError } from "./errors.ts";
import { readJson } from "./read-json.ts";

/** The options of a list field: read, add, rename, remove. */
export function listOptionRoutes(core: SimulatorCore, edit: Edit): Hono {
  const app = new Hono();
  const options = (text: string) => {
    const field = core.firm.custom_fields.get(Number(text));
    if (!field) throw new ApiError(404, "The custom field was not found.");
    return { id: field.id, list: () => core.firm.custom_fields.get(field.id)?.list_options ?? [] };
  };
  const textOf = (value: unknown) => {
    if (typeof value === "string" && value !== "") return value;
    throw new ApiError(422, "An option needs a text", { pointer: "/option_value" });
  };

  app.get("/custom_fields/:id/list_options", (c) => c.json(options(c.req.param("id")).list()));
  app.post("/custom_fields/:id/list_options", async (c) => {
    const { id, list } = options(c.req.param("id"));
    const { list_options = [] } = (await readJson(c)) as { list_options?: { option_value?: string }[] };
    for (const { option_value } of list_options) edit.addListOption(id, textOf(option_value));
    return c.json(list());
  });
  app.on(["PUT", "DELETE"], "/custom_fields/:id/list_options/:key", async (c) => {
    const { id, list } = options(c.req.param("id"));
    const key = c.req.param("key");
    if (!list().some((one) => one.key === key)) throw new ApiError(404, "The option was not found.");
    if (c.req.method === "DELETE") edit.removeListOption(id, key);
    else edit.renameListOption(id, key, textOf((await readJson(c)).option_value));
    return c.body(null, 204);
  });
  return app;
}
