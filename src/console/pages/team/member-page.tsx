import type { readTeamMember } from "../../../db/reads/people.ts";
import { Facts } from "../../facts.tsx";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { nameOf } from "../../person.ts";
import { StatusTag } from "../../status-tag.tsx";
import { visibilityOf } from "./page.tsx";

interface MemberProps {
  viewer: OrgViewer;
  member: NonNullable<Awaited<ReturnType<typeof readTeamMember>>>;
}

/** One team member: whether clients see them, why, and on which projects. */
export function MemberPage({ viewer, member }: MemberProps) {
  const base = `/console/orgs/${viewer.org}`;
  const hidden = member.visibility_override === "hidden";
  return (
    <Layout title={nameOf(member)} viewer={viewer} page="/team">
      <section>
        <p>
          <StatusTag text={visibilityOf(member)} tone={member.visible ? "good" : "warn"} />{" "}
          {!member.visible && member.role === null && member.active && !hidden && (
            <a href={`${base}/mapping/values#team`}>Map the title “{member.title ?? ""}” to a role</a>
          )}
        </p>
        <Facts
          facts={[
            ["Title in MyCase", member.title],
            ["Role", member.role],
            ["Email", member.email],
            ["Phone", member.phone ?? member.phone_raw],
            ["Active in MyCase", member.active ? "yes" : "no"],
          ]}
        />
        {viewer.canAdmin && (
          <form method="post" action={`${base}/team/${member.staff_id}/visibility`}>
            <input type="hidden" name="override" value={hidden ? "" : "hidden"} />
            <input type="hidden" name="back" value={`/team/${member.staff_id}`} />
            <button type="submit" class="quiet">
              {hidden ? "Let the role decide again" : "Hide from clients"}
            </button>
          </form>
        )}
      </section>
      <section>
        <h2>Projects</h2>
        {member.projects.length === 0 && <p>Assigned to no project.</p>}
        <ul>
          {member.projects.map(({ case_id, lead_lawyer, originating_lawyer }) => (
            <li>
              <a href={`${base}/projects/${case_id}`}>Case {case_id}</a>
              {lead_lawyer && ", lead lawyer"}
              {originating_lawyer && ", originating lawyer"}
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}
