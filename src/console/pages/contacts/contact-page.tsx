import type { readContact } from "../../../db/reads/people.ts";
import { Facts } from "../../facts.tsx";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { nameOf } from "../../person.ts";
import { Table } from "../../table.tsx";
import { Time } from "../../time.tsx";

interface ContactProps {
  viewer: OrgViewer;
  contact: NonNullable<Awaited<ReturnType<typeof readContact>>>;
}

/** One contact with all its projects. */
export function ContactPage({ viewer, contact }: ContactProps) {
  const phone = contact.phone_raw === null ? null : `${contact.phone ?? "not a valid number"} (${contact.phone_raw})`;
  return (
    <Layout title={nameOf(contact)} viewer={viewer} page="/contacts">
      <section>
        <Facts
          facts={[
            ["Kind", contact.kind],
            ["Group", contact.group_name],
            ["Email", contact.email],
            ["Phone", phone],
            ["Taken from", contact.phone_source],
            ["Date of birth", contact.birthdate],
            ["Reachable", contact.reachable ? "yes" : "no: neither an email address nor a valid number"],
            ["Archived in MyCase", contact.archived ? "yes" : "no"],
            ["Last changed", <Time at={contact.synced_at} viewer={viewer} />],
            ["Deleted in MyCase", contact.deleted_at && <Time at={contact.deleted_at} viewer={viewer} />],
          ]}
        />
        <p class="soft">These fields are edited in MyCase; changes arrive within seconds.</p>
      </section>
      <section>
        <h2>Projects</h2>
        {contact.projects.length === 0 ? (
          <p>Linked to no project.</p>
        ) : (
          <Table label="Projects" columns={["Case", "Role", "Main contact"]}>
            {contact.projects.map(({ case_id, role, is_main }) => (
              <tr>
                <td>
                  <a href={`/console/orgs/${viewer.org}/projects/${case_id}`}>{case_id}</a>
                </td>
                <td>{role}</td>
                <td>{is_main ? "yes" : "no"}</td>
              </tr>
            ))}
          </Table>
        )}
      </section>
    </Layout>
  );
}
