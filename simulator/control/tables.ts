import { html } from "hono/html";
import type { Collections } from "../records.ts";
import type { Simulator } from "../simulator.ts";
import type { Markup } from "./layout.ts";

const SHOWN = 40;

/** The kinds of record that have a list: its heading, and what of a record it shows. */
const LISTS = {
  cases: ["Cases", ["id", "name", "case_number", "practice_area", "case_stage", "status"]],
  clients: ["Clients", ["id", "first_name", "last_name", "email", "cell_phone_number"]],
  staff: ["Staff", ["id", "first_name", "last_name", "title", "active"]],
  leads: ["Leads", ["id", "first_name", "last_name", "status"]],
} as const;

export type ListName = keyof typeof LISTS;

/** The list that an address asks for; cases unless it names another. */
export function listName(text: string | undefined): ListName {
  return text !== undefined && Object.hasOwn(LISTS, text) ? (text as ListName) : "cases";
}

/** The first records that match, with a form to search and one to create. */
export function recordTable(firm: Collections, name: ListName, q: string): Markup {
  const [heading, columns] = LISTS[name];
  const rows: unknown[][] = [];
  for (const record of firm[name].values() as Iterable<object>) {
    if (rows.length >= SHOWN) break;
    const cells = columns.map((column) => (record as Record<string, unknown>)[column] ?? "");
    if (cells.join(" ").toLowerCase().includes(q.toLowerCase())) rows.push(cells);
  }
  return html`<section><h2>${heading} (${firm[name].size})</h2>
    <form action="/"><input type="hidden" name="show" value="${name}">
    <input name="q" value="${q}" placeholder="Any text of the list"><button>Search</button></form> ${createForm(name)}
    <table><tr>${columns.map((column) => html`<th>${column.replaceAll("_", " ")}</th>`)}</tr>
    ${rows.map(
      ([id, ...cells]) => html`<tr><td><a href="/edit/${name}/${id}">${id}</a></td>
      ${cells.map((cell) => html`<td>${String(cell)}</td>`)}</tr>`,
    )}</table></section>`;
}

function createForm(name: ListName): Markup {
  const fields = name === "cases" ? ["name"] : ["first_name", "last_name"];
  return html`<form method="post" action="/edit/${name}">${fields.map(
    (field) => html`<input name="${field}" placeholder="${field.replaceAll("_", " ")}" required>`,
  )}<button>Create</button></form>`;
}

/** The firm's own words, each to be renamed. */
export function wordLists(firm: Collections): Markup {
  const list = (name: "case_stages" | "practice_areas" | "people_groups", heading: string) => html`<section>
    <h2>${heading}</h2>${[...firm[name].values()].map(
      (
        one,
      ) => html`<form method="post" action="/edit/${name}/${one.id}"><input name="name" value="${one.name}" required>
      <button>Rename</button></form> `,
    )}</section>`;
  return html`${list("case_stages", "Stages")}${list("practice_areas", "Practice areas")}${list("people_groups", "Groups of people")}`;
}

/** What was sent last, and how it was answered. */
export function recentWebhooks({ webhooks }: Simulator): Markup {
  return html`<section><h2>Last webhooks</h2><table>${webhooks.history
    .slice(-15)
    .reverse()
    .map(
      (one) => html`<tr><td>${new Date(one.at).toISOString()}</td><td>${one.model} ${one.action}</td><td>${one.id}</td>
      <td>${one.status === 0 ? "no answer" : one.status}</td></tr>`,
    )}</table></section>`;
}
