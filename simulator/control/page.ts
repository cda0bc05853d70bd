import { Hono } from "hono";
import { html } from "hono/html";
import type { Simulator } from "../simulator.ts";
import { caseForm, clientForm, faultButtons, recentWebhooks, staffForm } from "./forms.ts";

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;margin:0;color:#1c2430;background:#f4f5f7}
header{background:#23324a;color:#fff;padding:14px 24px}header a{color:#fff}
main{max-width:1100px;margin:20px auto;padding:0 20px;display:grid;gap:18px}
section{background:#fff;border:1px solid #dde1e7;border-radius:8px;padding:16px}
h1{font-size:18px;margin:0}h2{font-size:15px;margin:0 0 10px}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:5px 8px;border-bottom:1px solid #eceef2}
form{display:inline-flex;flex-wrap:wrap;gap:8px;align-items:center;margin:3px 0}
input,select,button{font:inherit;padding:4px 8px;border:1px solid #c5ccd6;border-radius:5px;background:#fff}
button{background:#2f5fb3;color:#fff;border-color:#2f5fb3;cursor:pointer}button.danger{background:#a8322d;border-color:#a8322d}`;

const SHOWN = 40;

/** A page to edit the firm by hand, as its staff would in MyCase, and to make MyCase misbehave. */
export function pageRoutes(simulator: Simulator): Hono {
  const { core, edit } = simulator;
  const app = new Hono();

  app.get("/", (c) => {
    const q = c.req.query("q") ?? "";
    const found = [...core.firm.cases.values()].filter((one) =>
      `${one.name} ${one.case_number} ${one.id}`.toLowerCase().includes(q.toLowerCase()),
    );
    return c.html(
      page(html`<section><h2>Cases (${core.firm.cases.size})</h2>
        <form><input name="q" value="${q}" placeholder="Name, number or id"><button>Search</button></form>
        <table><tr><th>Id</th><th>Name</th><th>Practice area</th><th>Stage</th><th>Status</th></tr>
        ${found.slice(0, SHOWN).map(
          (one) => html`<tr><td><a href="/edit/cases/${one.id}">${one.id}</a></td><td>${one.name}</td>
          <td>${one.practice_area}</td><td>${one.case_stage}</td><td>${one.status}</td></tr>`,
        )}</table></section>
        ${faultButtons(core.faults.describe())}${recentWebhooks(simulator)}`),
    );
  });
  app.get("/edit/cases/:id", (c) => {
    const record = core.firm.cases.get(Number(c.req.param("id")));
    return record ? c.html(page(caseForm(core.firm, record))) : c.notFound();
  });
  app.get("/edit/clients/:id", (c) => {
    const record = core.firm.clients.get(Number(c.req.param("id")));
    return record ? c.html(page(clientForm(core.firm, record))) : c.notFound();
  });
  app.get("/edit/staff/:id", (c) => {
    const record = core.firm.staff.get(Number(c.req.param("id")));
    return record ? c.html(page(staffForm(record))) : c.notFound();
  });

  app.post("/edit/cases/:id", async (c) => {
    const id = Number(c.req.param("id"));
    if (!core.firm.cases.has(id)) return c.notFound();
    const form = (await c.req.parseBody()) as Record<string, string>;
    switch (form.do) {
      case "close":
        edit.closeCase(id);
        break;
      case "reopen":
        edit.reopenCase(id);
        break;
      case "delete":
        edit.remove("cases", id);
        return c.redirect("/");
      case "add_client":
        edit.addCaseClient(id, Number(form.person));
        break;
      case "remove_client":
        edit.removeCaseClient(id, Number(form.person));
        break;
      case "add_staff":
        edit.addCaseStaff(id, Number(form.person));
        break;
      case "remove_staff":
        edit.removeCaseStaff(id, Number(form.person));
        break;
      default:
        edit.update("cases", id, {
          name: form.name ?? "",
          practice_area: form.practice_area || null,
          case_stage: form.case_stage || null,
        });
    }
    return c.redirect(`/edit/cases/${id}`);
  });
  app.post("/edit/clients/:id", async (c) => {
    const { people_group, ...fields } = (await c.req.parseBody()) as Record<string, string>;
    const group = people_group ? { people_group: { id: Number(people_group) } } : { people_group: null };
    edit.update("clients", Number(c.req.param("id")), { ...fields, ...group });
    return c.redirect(`/edit/clients/${c.req.param("id")}`);
  });
  app.post("/edit/staff/:id", async (c) => {
    const { active, ...fields } = (await c.req.parseBody()) as Record<string, string>;
    edit.update("staff", Number(c.req.param("id")), { ...fields, active: active === "on" });
    return c.redirect(`/edit/staff/${c.req.param("id")}`);
  });
  app.post("/edit/faults", async (c) => {
    const { body } = (await c.req.parseBody()) as Record<string, string>;
    if (body === "clear") core.faults.clear();
    else if (body) await simulator.app.request("/control/faults", { method: "POST", body });
    return c.redirect("/");
  });
  return app;
}

function page(content: ReturnType<typeof html>) {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>MyCase simulator</title>
    <meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head>
    <body><header><h1><a href="/">MyCase simulator</a></h1></header><main>${content}</main></body></html>`;
}
