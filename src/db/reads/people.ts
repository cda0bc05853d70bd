import { and, asc, eq, gt, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Database } from "../database.ts";
import { contacts, leads, projectContacts, projectTeamMembers, teamMembers } from "../schema/index.ts";
import { asPage, type Page } from "./cursor.ts";

type Shown<T extends { org_id: string; version: number }> = Omit<T, "org_id" | "version">;

export type ContactView = Shown<typeof contacts.$inferSelect>;
export type LeadView = Shown<typeof leads.$inferSelect> & { id: string };
export type TeamMemberView = Shown<typeof teamMembers.$inferSelect>;

function shown<T extends { org_id: string; version: number }>({ org_id: _, version: __, ...row }: T): Shown<T> {
  return row;
}

/** The org's contacts by ascending client id; tombstones only when asked for. */
export async function listContacts(
  { orm }: Database,
  org: string,
  filter: { kind?: "client" | "lead" | undefined; deleted?: boolean | undefined },
  page: { limit: number; after: number },
): Promise<Page<ContactView>> {
  const rows = await orm
    .select()
    .from(contacts)
    .where(
      and(
        eq(contacts.org_id, org),
        gt(contacts.client_id, page.after),
        filter.kind === undefined ? undefined : eq(contacts.kind, filter.kind),
        filter.deleted ? isNotNull(contacts.deleted_at) : isNull(contacts.deleted_at),
      ),
    )
    .orderBy(asc(contacts.client_id))
    .limit(page.limit + 1);
  return asPage(rows.map(shown), page.limit, (row) => row.client_id);
}

/** One contact with the projects it is linked to. */
export async function readContact({ orm }: Database, org: string, clientId: number) {
  const [found, links] = await orm.batch([
    orm
      .select()
      .from(contacts)
      .where(and(eq(contacts.org_id, org), eq(contacts.client_id, clientId))),
    orm
      .select({ case_id: projectContacts.case_id, role: projectContacts.role, is_main: projectContacts.is_main })
      .from(projectContacts)
      .where(and(eq(projectContacts.org_id, org), eq(projectContacts.client_id, clientId)))
      .orderBy(asc(projectContacts.case_id)),
  ]);
  return found[0] ? { ...shown(found[0]), projects: links } : null;
}

/** The org's team members by ascending staff id. */
export async function listTeamMembers(
  { orm }: Database,
  org: string,
  filter: { visible?: boolean | undefined },
  page: { limit: number; after: number },
): Promise<Page<TeamMemberView>> {
  const rows = await orm
    .select()
    .from(teamMembers)
    .where(
      and(
        eq(teamMembers.org_id, org),
        gt(teamMembers.staff_id, page.after),
        filter.visible === undefined ? undefined : eq(teamMembers.visible, filter.visible),
      ),
    )
    .orderBy(asc(teamMembers.staff_id))
    .limit(page.limit + 1);
  return asPage(rows.map(shown), page.limit, (row) => row.staff_id);
}

/** One team member with the projects it is assigned to. */
export async function readTeamMember({ orm }: Database, org: string, staffId: number) {
  const [found, links] = await orm.batch([
    orm
      .select()
      .from(teamMembers)
      .where(and(eq(teamMembers.org_id, org), eq(teamMembers.staff_id, staffId))),
    orm
      .select({
        case_id: projectTeamMembers.case_id,
        lead_lawyer: projectTeamMembers.lead_lawyer,
        originating_lawyer: projectTeamMembers.originating_lawyer,
      })
      .from(projectTeamMembers)
      .where(and(eq(projectTeamMembers.org_id, org), eq(projectTeamMembers.staff_id, staffId)))
      .orderBy(asc(projectTeamMembers.case_id)),
  ]);
  return found[0] ? { ...shown(found[0]), projects: links } : null;
}

/** The org's leads, those of lead objects after those of cases; ended ones only when asked for. */
export async function listLeads(
  { orm }: Database,
  org: string,
  filter: { source?: "lead" | "case" | undefined; deleted?: boolean | undefined },
  page: { limit: number; after: [source: string, id: number] },
): Promise<Page<LeadView>> {
  const [source, id] = page.after;
  const rows = await orm
    .select()
    .from(leads)
    .where(
      and(
        eq(leads.org_id, org),
        or(gt(leads.source, sql`${source}`), and(eq(leads.source, sql`${source}`), gt(leads.source_id, id))),
        filter.source === undefined ? undefined : eq(leads.source, filter.source),
        filter.deleted ? isNotNull(leads.deleted_at) : isNull(leads.deleted_at),
      ),
    )
    .orderBy(asc(leads.source), asc(leads.source_id))
    .limit(page.limit + 1);
  return asPage(rows.map(shownLead), page.limit, (row) => [row.source, row.source_id]);
}

export async function readLead(
  { orm }: Database,
  org: string,
  source: "lead" | "case",
  id: number,
): Promise<LeadView | null> {
  const [row] = await orm
    .select()
    .from(leads)
    .where(and(eq(leads.org_id, org), eq(leads.source, source), eq(leads.source_id, id)));
  return row ? shownLead(row) : null;
}

function shownLead(row: typeof leads.$inferSelect): LeadView {
  return { id: `${row.source}:${row.source_id}`, ...shown(row) };
}
