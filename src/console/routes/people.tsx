import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listContacts, listLeads, listTeamMembers, readContact, readTeamMember } from "../../db/reads/people.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { idCursor, leadCursor, pageIn } from "../../http/page-cursor.ts";
import { notFound, orNotFound } from "../../http/problems/not-found.ts";
import { ContactPage } from "../pages/contacts/contact-page.tsx";
import { ContactsPage } from "../pages/contacts/page.tsx";
import { LeadsPage } from "../pages/leads/page.tsx";
import { MemberPage } from "../pages/team/member-page.tsx";
import { TeamPage } from "../pages/team/page.tsx";
import { idOf, orgPage } from "./org-route.ts";

const LIMIT = 50;
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const filterSchema = z.object({
  kind: z.enum(["client", "lead"]).optional(),
  source: z.enum(["lead", "case"]).optional(),
  visible: flag.optional(),
  deleted: flag.optional(),
});

/** The filter in the address, and its text without the cursor. */
function filterOf(c: Context<AppEnv>) {
  const { cursor, ...query } = c.req.query();
  const filter = filterSchema.safeParse(query);
  if (!filter.success) throw notFound("List");
  return { filter: filter.data, cursor, query: new URLSearchParams(query).toString() };
}

/** Contacts, leads and team members: lists with filters, and each one with its projects. */
export function registerPeoplePages(app: OpenAPIHono<AppEnv>): void {
  orgPage(app, "/contacts", async (c, viewer) => {
    const { filter, cursor, query } = filterOf(c);
    const page = { limit: LIMIT, after: idCursor("contacts", cursor) };
    const { data, next_cursor } = pageIn("contacts", await listContacts(c.var.services.db, viewer.org, filter, page));
    return c.html(<ContactsPage viewer={viewer} contacts={data} query={query} nextCursor={next_cursor} />);
  });
  orgPage(app, "/contacts/:client", async (c, viewer) => {
    const contact = await readContact(c.var.services.db, viewer.org, idOf(c, "client", "Contact"));
    return c.html(<ContactPage viewer={viewer} contact={orNotFound(contact, "Contact")} />);
  });
  orgPage(app, "/leads", async (c, viewer) => {
    const { filter, cursor, query } = filterOf(c);
    const page = { limit: LIMIT, after: leadCursor(cursor) };
    const { data, next_cursor } = pageIn("leads", await listLeads(c.var.services.db, viewer.org, filter, page));
    return c.html(<LeadsPage viewer={viewer} leads={data} query={query} nextCursor={next_cursor} />);
  });
  orgPage(app, "/team", async (c, viewer) => {
    const { filter, cursor, query } = filterOf(c);
    const page = { limit: LIMIT, after: idCursor("team-members", cursor) };
    const rows = await listTeamMembers(c.var.services.db, viewer.org, filter, page);
    const { data, next_cursor } = pageIn("team-members", rows);
    return c.html(<TeamPage viewer={viewer} members={data} query={query} nextCursor={next_cursor} />);
  });
  orgPage(app, "/team/:staff", async (c, viewer) => {
    const member = await readTeamMember(c.var.services.db, viewer.org, idOf(c, "staff", "Team member"));
    return c.html(<MemberPage viewer={viewer} member={orNotFound(member, "Team member")} />);
  });
}
