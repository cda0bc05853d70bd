import { z } from "@hono/zod-openapi";
import { int, nullableText } from "./values.ts";

const PROJECTS = {
  created: "New projects",
  retyped: "Projects of another type than before",
  rephased: "Projects in another phase than before",
  disabled: "Projects that become disabled",
  enabled: "Projects that become enabled",
  unmapped: "Projects whose type is no longer mapped",
  became_lead: "Projects that become leads",
};
const LEADS = { created: "New leads", removed: "Leads that end" };
const CONTACTS = { linked: "Contacts that get linked", unlinked: "Contacts that lose a link" };
const TEAM = { shown: "Team members that become visible", hidden: "Team members that become hidden" };

const sample = z
  .object({
    case_id: int("Id of the case").optional(),
    client_id: int("Id of the client").optional(),
    staff_id: int("Id of the staff member").optional(),
    lead_id: int("Id of the lead object").optional(),
    name: nullableText("Name, to recognise it by"),
  })
  .openapi("DiffSample", { description: "Something that would change" });

const samplesOf = (description: string) => z.array(sample).openapi({ description });

/** The same members, each made by `make` from its description. */
function members<const D extends Record<string, string>, V extends z.ZodType>(of: D, make: (description: string) => V) {
  const shape = Object.fromEntries(Object.entries(of).map(([name, description]) => [name, make(description)]));
  return z.object(shape as { [K in keyof D]: V });
}

export const diffSchema = z
  .object({
    projects: members(PROJECTS, int).openapi({ description: "Projects that change" }),
    leads: members(LEADS, int).openapi({ description: "Leads that change" }),
    contacts: members(CONTACTS, int).openapi({ description: "Links of contacts that change" }),
    team: members(TEAM, int).openapi({ description: "Team members that change" }),
    newly_reachable: int("Contacts that become reachable for the first time"),
  })
  .openapi("MappingDiff", { description: "What changes, in numbers" });

export const samplesSchema = z
  .object({
    projects: members(PROJECTS, samplesOf).openapi({ description: "Projects that change" }),
    leads: members(LEADS, samplesOf).openapi({ description: "Leads that change" }),
    contacts: members(CONTACTS, samplesOf).openapi({ description: "Links of contacts that change" }),
    team: members(TEAM, samplesOf).openapi({ description: "Team members that change" }),
    newly_reachable: samplesOf("Contacts that become reachable for the first time"),
  })
  .openapi("MappingDiffSamples", { description: "The first few of each number in the diff" });
