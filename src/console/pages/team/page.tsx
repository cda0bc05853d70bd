import type { TeamMemberView } from "../../../db/reads/people.ts";
import type { OrgViewer } from "../../layout.tsx";
import { ListPage } from "../../list-page.tsx";
import { nameOf } from "../../person.ts";
import { StatusTag } from "../../status-tag.tsx";

const FILTERS = [
  { label: "All", query: "" },
  { label: "Shown to clients", query: "visible=true" },
  { label: "Not shown", query: "visible=false" },
];

interface TeamProps {
  viewer: OrgViewer;
  members: TeamMemberView[];
  query: string;
  nextCursor: string | null;
}

/** Why clients see a team member, or do not. */
export function visibilityOf(member: TeamMemberView): string {
  if (member.visible) return "shown to clients";
  if (member.visibility_override === "hidden") return "hidden here";
  if (!member.active) return "inactive in MyCase";
  return member.role === null ? "no role has this title" : "the role is hidden";
}

/** The staff on pulled cases, by staff id. */
export function TeamPage({ viewer, members, query, nextCursor }: TeamProps) {
  const rows = members.map((member) => (
    <tr>
      <td>
        <a href={`/console/orgs/${viewer.org}/team/${member.staff_id}`}>{nameOf(member)}</a>
      </td>
      <td>{member.title}</td>
      <td>{member.role}</td>
      <td>
        <StatusTag text={visibilityOf(member)} tone={member.visible ? "good" : "warn"} />
      </td>
    </tr>
  ));
  return (
    <ListPage
      viewer={viewer}
      title="Team"
      page="/team"
      filters={FILTERS}
      query={query}
      columns={["Name", "Title in MyCase", "Role", "Clients"]}
      rows={rows}
      nextCursor={nextCursor}
      empty="No such team members. Staff come with the projects they are assigned to."
    />
  );
}
