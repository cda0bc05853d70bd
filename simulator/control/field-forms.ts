import { html } from "hono/html";
import type { CaseRecord, Collections, CustomFieldDefinition } from "../records.ts";
import type { Markup } from "./layout.ts";

/** One small form for each custom field of cases; a blank takes the value away. */
export function fieldForms(firm: Collections, record: CaseRecord): Markup {
  const fields = [...firm.custom_fields.values()].filter((field) => field.parent_type === "case");
  return html`<table>${fields.map((field) => {
    const held = record.custom_field_values.find((one) => one.custom_field.id === field.id)?.value;
    return html`<tr><td>${field.name}</td><td>${field.field_type}</td><td>
      <form method="post" action="/edit/cases/${record.id}"><input type="hidden" name="do" value="set_field">
      <input type="hidden" name="field" value="${field.id}">${control(field, held)}<button>Set</button></form></td></tr>`;
  })}</table>`;
}

function control(field: CustomFieldDefinition, held: string | number | boolean | undefined): Markup {
  const text = held === undefined ? "" : String(held);
  const choices = field.field_type === "boolean" ? ["true", "false"] : field.list_options?.map((one) => one.option);
  if (!choices) return html`<input name="value" value="${text}">`;
  return html`<select name="value"><option value=""></option>${choices.map(
    (choice) => html`<option ${choice === text ? "selected" : ""}>${choice}</option>`,
  )}</select>`;
}

/** What was entered, as the field's type has it; blank, or no number where one is needed, is none. */
export function valueEntered(field: CustomFieldDefinition, text: string): string | number | boolean | null {
  if (text.trim() === "") return null;
  if (field.field_type === "boolean") return text === "true";
  if (field.field_type !== "numeric" && field.field_type !== "currency") return text;
  return Number.isNaN(Number(text)) ? null : Number(text);
}
