import { html } from "hono/html";
import type { CaseRecord, ClientRecord, Collections, StaffRecord } from "../records.ts";
import type { Simulator } from "../simulator.ts";

function options(names: string[], chosen: string | null) {
  return html`<option value=""></option>${names.map(
    (name) => html`<option ${name === chosen ? "selected" : ""}>${name}</option>`,
  )}`;
}

function action(path: string, what: string, label: string, danger = false) {
  return html`<form method="post" action="${path}"><input type="hidden" name="do" value="${what}">
    <button class="${danger ? "danger" : ""}">${label}</button></form>`;
}

function people(path: string, kind: "client" | "staff", here: { id: number; name: string }[]) {
  const page = kind === "client" ? "clients" : "staff";
  return html`<table>${here.map(
    ({ id, name }) => html`<tr><td><a href="/edit/${page}/${id}">${id}</a></td><td>${name}</td><td>
      <form method="post" action="${path}"><input type="hidden" name="do" value="remove_${kind}">
      <input type="hidden" name="person" value="${id}"><button class="danger">Remove</button></form></td></tr>`,
  )}</table><form method="post" action="${path}"><input type="hidden" name="do" value="add_${kind}">
    <input name="person" placeholder="Id to add" required pattern="[0-9]+"><button>Add</button></form>`;
}

function fullName(person: { first_name?: string; last_name?: string } | undefined): string {
  return [person?.first_name, person?.last_name].filter(Boolean).join(" ");
}

/** One case with everything about it that can be edited. */
export function caseForm(firm: Collections, record: CaseRecord) {
  const path = `/edit/cases/${record.id}`;
  const names = (list: Collections["case_stages"]) => [...list.values()].map((one) => one.name);
  return html`<section><h2>Case ${record.id} (${record.status}, updated ${record.updated_at})</h2>
    <form method="post" action="${path}"><input name="name" value="${record.name}" size="45">
    <select name="practice_area">${options(names(firm.practice_areas), record.practice_area)}</select>
    <select name="case_stage">${options(names(firm.case_stages), record.case_stage)}</select><button>Save</button></form><br>
    ${record.status === "open" ? action(path, "close", "Close case") : action(path, "reopen", "Reopen case")}
    ${action(path, "delete", "Delete case", true)}</section>
    <section><h2>Clients</h2>${people(
      path,
      "client",
      record.clients.map(({ id }) => ({ id, name: fullName(firm.clients.get(id)) })),
    )}</section>
    <section><h2>Staff</h2>${people(
      path,
      "staff",
      record.staff.map(({ id }) => ({
        id,
        name: `${fullName(firm.staff.get(id))} (${firm.staff.get(id)?.title ?? "no title"})`,
      })),
    )}</section>`;
}

function field(name: string, value: string | undefined) {
  return html`<label>${name.replaceAll("_", " ")} <input name="${name}" value="${value ?? ""}"></label>`;
}

const PERSON = [
  "first_name",
  "last_name",
  "email",
  "cell_phone_number",
  "work_phone_number",
  "home_phone_number",
] as const;

export function clientForm(firm: Collections, record: ClientRecord) {
  return html`<section><h2>Client ${record.id}</h2><form method="post" action="/edit/clients/${record.id}">
    ${PERSON.map((name) => field(name, record[name]))}${field("birthdate", record.birthdate)}
    <label>group <select name="people_group"><option value=""></option>${[...firm.people_groups.values()].map(
      (group) =>
        html`<option value="${group.id}" ${group.id === record.people_group?.id ? "selected" : ""}>${group.name}</option>`,
    )}</select></label><button>Save</button></form></section>`;
}

export function staffForm(record: StaffRecord) {
  return html`<section><h2>Staff member ${record.id}</h2><form method="post" action="/edit/staff/${record.id}">
    ${PERSON.map((name) => field(name, record[name]))}${field("title", record.title)}
    <label>active <input type="checkbox" name="active" ${record.active ? "checked" : ""}></label><button>Save</button></form></section>`;
}

const BUTTONS: [string, object | "clear"][] = [
  ["Behave again", "clear"],
  ["Maintenance (503)", { maintenance: true }],
  ["Drop all webhooks", { webhooks: { drop: 1 } }],
  ["Double webhooks", { webhooks: { double: 1 } }],
  ["Forge webhooks", { webhooks: { forge: 1 } }],
  ["Webhooks 10 s late, in any order", { webhooks: { lateMs: 10_000, reorder: true } }],
  ["Ten times 429", { rule: { path: "^/v1/", status: 429, times: 10 } }],
  ["Ten times 500", { rule: { path: "^/v1/", status: 500, times: 10 } }],
  ["Slow (2 s)", { rule: { path: "^/v1/", latencyMs: 2000 } }],
  ["Cut answers off", { rule: { path: "^/v1/", cutOff: true, times: 5 } }],
  ["Shuffle arrays", { shuffleArrays: true }],
  ["Expire page links", { expirePageLinks: true }],
  ["Kill access tokens", { killAccessTokens: true }],
  ["Kill refresh token", { killRefreshTokens: true }],
  ["Lose the next refresh answer", { loseRefreshAnswers: 1 }],
  ["Lose permission (403)", { lostPermission: "forbidden" }],
  ["See half of the cases", { lostPermission: "narrowed" }],
  ["Truncate listings", { truncateListings: true }],
];

export function faultButtons(now: Record<string, unknown>) {
  return html`<section><h2>Misbehave</h2>${BUTTONS.map(
    ([label, body]) => html`<form method="post" action="/edit/faults">
      <input type="hidden" name="body" value="${body === "clear" ? body : JSON.stringify(body)}"><button>${label}</button></form> `,
  )}<pre>${JSON.stringify(now)}</pre></section>`;
}

export function recentWebhooks(simulator: Simulator) {
  const last = simulator.webhooks.history.slice(-15).reverse();
  return html`<section><h2>Last webhooks</h2><table>${last.map(
    (one) => html`<tr><td>${new Date(one.at).toISOString()}</td><td>${one.model} ${one.action}</td><td>${one.id}</td>
      <td>${one.status === 0 ? "no answer" : one.status}</td></tr>`,
  )}</table></section>`;
}
