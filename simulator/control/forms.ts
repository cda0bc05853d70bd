import { html } from "hono/html";
import type { CaseRecord, ClientRecord, Collections, LeadRecord, StaffRecord } from "../records.ts";
import { fieldForms } from "./field-forms.ts";
import type { Markup } from "./layout.ts";

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
export function caseForm(firm: Collections, record: CaseRecord): Markup {
  const path = `/edit/cases/${record.id}`;
  const names = (list: Collections["case_stages"]) => [...list.values()].map((one) => one.name);
  const clients = record.clients.map(({ id }) => ({ id, name: fullName(firm.clients.get(id)) }));
  const staff = record.staff.map(({ id }) => {
    const member = firm.staff.get(id);
    return { id, name: `${fullName(member)} (${member?.title ?? "no title"})` };
  });
  return html`<section><h2>Case ${record.id} (${record.status}, updated ${record.updated_at})</h2>
    <form method="post" action="${path}"><input name="name" value="${record.name}" size="45">
    <input name="case_number" value="${record.case_number ?? ""}" placeholder="number" size="12">
    <select name="practice_area">${options(names(firm.practice_areas), record.practice_area)}</select>
    <select name="case_stage">${options(names(firm.case_stages), record.case_stage)}</select><button>Save</button></form><br>
    ${record.status === "open" ? action(path, "close", "Close case") : action(path, "reopen", "Reopen case")}
    ${action(path, "delete", "Delete case", true)}</section>
    <section><h2>Clients</h2>${people(path, "client", clients)}</section>
    <section><h2>Staff</h2>${people(path, "staff", staff)}</section>
    <section><h2>Custom fields</h2>${fieldForms(firm, record)}</section>`;
}

const PERSON = [
  "first_name",
  "last_name",
  "email",
  "cell_phone_number",
  "work_phone_number",
  "home_phone_number",
] as const;

function field(name: string, value: string | undefined) {
  return html`<label>${name.replaceAll("_", " ")} <input name="${name}" value="${value ?? ""}"></label>`;
}

function checkbox(name: string, checked: boolean) {
  return html`<label>${name} <input type="checkbox" name="${name}" ${checked ? "checked" : ""}></label>`;
}

export function clientForm(firm: Collections, record: ClientRecord): Markup {
  const path = `/edit/clients/${record.id}`;
  return html`<section><h2>Client ${record.id}</h2><form method="post" action="${path}">
    ${PERSON.map((name) => field(name, record[name]))}${field("birthdate", record.birthdate)}
    <label>group <select name="people_group"><option value=""></option>${[...firm.people_groups.values()].map(
      (group) =>
        html`<option value="${group.id}" ${group.id === record.people_group?.id ? "selected" : ""}>${group.name}</option>`,
    )}</select></label>${checkbox("archived", record.archived)}<button>Save</button></form><br>
    ${action(path, "delete", "Delete client", true)}
    <p>Cases: ${record.cases.map(({ id }) => html`<a href="/edit/cases/${id}">${id}</a> `)}</p></section>`;
}

export function staffForm(record: StaffRecord): Markup {
  return html`<section><h2>Staff member ${record.id}</h2><form method="post" action="/edit/staff/${record.id}">
    ${PERSON.map((name) => field(name, record[name]))}${field("title", record.title)}
    ${checkbox("active", record.active)}<button>Save</button></form></section>`;
}

export function leadForm(record: LeadRecord): Markup {
  return html`<section><h2>Lead ${record.id}</h2><form method="post" action="/edit/leads/${record.id}">
    ${PERSON.map((name) => field(name, record[name]))}${field("status", record.status)}
    ${checkbox("approved", record.approved)}<button>Save</button></form></section>`;
}
