import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { AnyRecord, CollectionName } from "../records.ts";
import type { Simulator } from "../simulator.ts";
import { faultButtons } from "./fault-buttons.ts";
import { misbehave } from "./fault-request.ts";
import { caseForm, clientForm, leadForm, staffForm } from "./forms.ts";
import { type Markup, page } from "./layout.ts";
import { editCase, editOther, readForm } from "./page-actions.ts";
import { listName, recentWebhooks, recordTable, wordLists } from "./tables.ts";

/** A page to edit the firm by hand, as its staff would in MyCase, and to make MyCase misbehave. */
export function pageRoutes(simulator: Simulator): Hono {
  const { core, edit } = simulator;
  const app = new Hono();
  // A form may name a person who does not exist: shown on the page, not thrown.
  app.onError((error, c) =>
    c.html(page(html`<section><h2>That did not work</h2><p>${error.message}</p></section>`), 422),
  );

  app.get("/", (c) => {
    const table = recordTable(core.firm, listName(c.req.query("show")), c.req.query("q") ?? "");
    return c.html(page(html`${table}${faultButtons(core.faults.describe())}${recentWebhooks(simulator)}`));
  });
  app.get("/edit/lists", (c) => c.html(page(wordLists(core.firm))));

  const formOf: Record<string, (id: number) => Markup> = {
    cases: (id) => caseForm(core.firm, edit.get("cases", id)),
    clients: (id) => clientForm(core.firm, edit.get("clients", id)),
    staff: (id) => staffForm(edit.get("staff", id)),
    leads: (id) => leadForm(edit.get("leads", id)),
  };
  const idOf = (c: Context) => Number(c.req.param("id"));
  for (const [name, form] of Object.entries(formOf)) {
    app.get(`/edit/${name}/:id`, (c) => (known(simulator, name, idOf(c)) ? c.html(page(form(idOf(c)))) : c.notFound()));
    app.post(`/edit/${name}`, async (c) => {
      const made: AnyRecord = edit.create(name as CollectionName, await readForm(c));
      return c.redirect(`/edit/${name}/${made.id}`);
    });
  }

  app.post("/edit/faults", async (c) => {
    const { body } = await readForm(c);
    if (body === "clear") core.faults.clear();
    else misbehave(simulator, JSON.parse(body ?? "{}"));
    return c.redirect("/");
  });
  app.post("/edit/:collection/:id", async (c) => {
    const name = c.req.param("collection");
    const id = idOf(c);
    if (!known(simulator, name, id)) return c.notFound();
    const form = await readForm(c);
    return c.redirect(name === "cases" ? editCase(edit, id, form) : editOther(edit, name as CollectionName, id, form));
  });
  return app;
}

function known({ firm }: Simulator, name: string, id: number): boolean {
  return Object.hasOwn(firm, name) && firm[name as CollectionName].has(id);
}
