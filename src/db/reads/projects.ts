import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "../database.ts";
import { contacts, projectContacts, projects, projectTeamMembers, teamMembers } from "../schema/index.ts";
import { asPage, type Page } from "./cursor.ts";

export interface ProjectFilter {
  type?: string | undefined;
  phase?: string | undefined;
  status?: string | undefined;
  enabled?: boolean | undefined;
  /** Only tombstones; otherwise none. */
  deleted?: boolean | undefined;
  /** A part of the name or the case number, in any letter case. */
  q?: string | undefined;
}

type StoredProject = typeof projects.$inferSelect;

/** A project as the portal reads it. */
export type ProjectView = Omit<StoredProject, "org_id" | "version">;

/** The org's projects by ascending case id. */
export async function listProjects(
  { orm }: Database,
  org: string,
  filter: ProjectFilter,
  page: { limit: number; after: number },
): Promise<Page<ProjectView>> {
  const rows = await orm
    .select()
    .from(projects)
    .where(and(eq(projects.org_id, org), gt(projects.case_id, page.after), ...conditions(filter)))
    .orderBy(asc(projects.case_id))
    .limit(page.limit + 1);
  return asPage(rows.map(asView), page.limit, (row) => row.case_id);
}

function conditions(filter: ProjectFilter): (SQL | undefined)[] {
  const { type, phase, status, enabled, deleted, q } = filter;
  return [
    type === undefined ? undefined : eq(projects.project_type, type),
    phase === undefined ? undefined : eq(projects.phase, phase),
    status === undefined ? undefined : eq(projects.status, status),
    enabled === undefined ? undefined : eq(projects.enabled, enabled),
    deleted ? isNotNull(projects.deleted_at) : isNull(projects.deleted_at),
    q === undefined
      ? undefined
      : sql`instr(lower(coalesce(${projects.name}, '') || ' ' || coalesce(${projects.case_number}, '')), lower(${q})) > 0`,
  ];
}

/** One project with its contacts and its team; null when there is none. Tombstones are shown as such. */
export async function readProject({ orm }: Database, org: string, caseId: number) {
  const [found, people, team] = await orm.batch([
    orm
      .select()
      .from(projects)
      .where(and(eq(projects.org_id, org), eq(projects.case_id, caseId))),
    orm
      // Columns must differ in name here: a batch gives rows as objects, in which of two alike one is lost.
      .select({ contact: contacts, role: projectContacts.role, is_main: projectContacts.is_main })
      .from(projectContacts)
      .innerJoin(
        contacts,
        and(eq(contacts.org_id, projectContacts.org_id), eq(contacts.client_id, projectContacts.client_id)),
      )
      .where(and(eq(projectContacts.org_id, org), eq(projectContacts.case_id, caseId)))
      .orderBy(asc(projectContacts.client_id)),
    orm
      .select({
        member: teamMembers,
        lead_lawyer: projectTeamMembers.lead_lawyer,
        originating_lawyer: projectTeamMembers.originating_lawyer,
      })
      .from(projectTeamMembers)
      .innerJoin(
        teamMembers,
        and(eq(teamMembers.org_id, projectTeamMembers.org_id), eq(teamMembers.staff_id, projectTeamMembers.staff_id)),
      )
      .where(and(eq(projectTeamMembers.org_id, org), eq(projectTeamMembers.case_id, caseId)))
      .orderBy(asc(projectTeamMembers.staff_id)),
  ]);
  const project = found[0];
  if (!project) return null;
  return {
    ...asView(project),
    contacts: people.map(({ contact: { org_id: _, version: __, ...contact }, ...link }) => ({ ...contact, ...link })),
    team: team.map(({ member: { org_id: _, version: __, ...member }, ...link }) => ({ ...member, ...link })),
  };
}

function asView({ org_id: _, version: __, ...row }: StoredProject): ProjectView {
  return row;
}
