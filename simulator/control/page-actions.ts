import type { Context } from "hono";
import type { Edit } from "../edit.ts";
import type { CollectionName } from "../records.ts";
import { valueEntered } from "./field-forms.ts";

export type Form = Record<string, string | undefined>;

/** The fields of a posted form; files are not asked for anywhere. */
export async function readForm(c: Context): Promise<Form> {
  return (await c.req.parseBody()) as Form;
}

/** Does what a form of the case's page asks for; the page to show then. */
export function editCase(edit: Edit, id: number, form: Form): string {
  const person = Number(form.person);
  switch (form.do) {
    case "close":
      edit.closeCase(id);
      break;
    case "reopen":
      edit.reopenCase(id);
      break;
    case "delete":
      edit.remove("cases", id);
      return "/";
    case "add_client":
      edit.addCaseClient(id, person);
      break;
    case "remove_client":
      edit.removeCaseClient(id, person);
      break;
    case "add_staff":
      edit.addCaseStaff(id, person);
      break;
    case "remove_staff":
      edit.removeCaseStaff(id, person);
      break;
    case "set_field": {
      const field = edit.get("custom_fields", Number(form.field));
      edit.setCaseField(id, field.id, valueEntered(field, form.value ?? ""));
      break;
    }
    default:
      edit.update("cases", id, {
        name: form.name ?? "",
        case_number: form.case_number || null,
        practice_area: form.practice_area || null,
        case_stage: form.case_stage || null,
      });
  }
  return `/edit/cases/${id}`;
}

/** Does what the form of any other record asks for; the page to show then. */
export function editOther(edit: Edit, name: CollectionName, id: number, form: Form): string {
  const { do: what, people_group, active, archived, approved, ...rest } = form;
  const fields: Record<string, unknown> = rest;
  switch (name) {
    case "clients":
      if (what === "delete") {
        edit.remove("clients", id);
        return "/?show=clients";
      }
      if (!people_group) delete edit.get("clients", id).people_group;
      edit.update("clients", id, {
        ...fields,
        archived: archived === "on",
        ...(people_group ? { people_group: { id: Number(people_group) } } : {}),
      });
      break;
    case "staff":
      edit.update("staff", id, { ...fields, active: active === "on" });
      break;
    case "leads":
      edit.update("leads", id, { ...fields, approved: approved === "on" });
      break;
    case "case_stages":
    case "practice_areas":
      edit.renameListEntry(name, id, form.name ?? "");
      return "/edit/lists";
    case "people_groups":
      edit.update("people_groups", id, { name: form.name ?? "" });
      return "/edit/lists";
    default:
      throw new Error(`${name} are not edited here`);
  }
  return `/edit/${name}/${id}`;
}
