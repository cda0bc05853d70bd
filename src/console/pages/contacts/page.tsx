import type { ContactView } from "../../../db/reads/people.ts";
import type { OrgViewer } from "../../layout.tsx";
import { ListPage } from "../../list-page.tsx";
import { nameOf } from "../../person.ts";
import { StatusTag } from "../../status-tag.tsx";

const FILTERS = [
  { label: "All", query: "" },
  { label: "Clients", query: "kind=client" },
  { label: "Leads only", query: "kind=lead" },
  { label: "Deleted in MyCase", query: "deleted=true" },
];

interface ContactsProps {
  viewer: OrgViewer;
  contacts: ContactView[];
  query: string;
  nextCursor: string | null;
}

/** The portal's end users, by client id. */
export function ContactsPage({ viewer, contacts, query, nextCursor }: ContactsProps) {
  const rows = contacts.map((contact) => (
    <tr>
      <td>
        <a href={`/console/orgs/${viewer.org}/contacts/${contact.client_id}`}>{nameOf(contact)}</a>
      </td>
      <td>{contact.kind}</td>
      <td>{contact.group_name}</td>
      <td>{contact.email}</td>
      <td>{contact.phone ?? contact.phone_raw}</td>
      <td>{!contact.reachable && <StatusTag text="not reachable" tone="warn" />}</td>
    </tr>
  ));
  return (
    <ListPage
      viewer={viewer}
      title="Contacts"
      page="/contacts"
      filters={FILTERS}
      query={query}
      columns={["Name", "Kind", "Group", "Email", "Phone", ""]}
      rows={rows}
      nextCursor={nextCursor}
      empty="No such contacts. They come with the first projects."
    />
  );
}
