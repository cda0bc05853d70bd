import type { LeadView } from "../../../db/reads/people.ts";
import type { OrgViewer } from "../../layout.tsx";
import { ListPage } from "../../list-page.tsx";
import { nameOf } from "../../person.ts";

const FILTERS = [
  { label: "All", query: "" },
  { label: "From cases", query: "source=case" },
  { label: "MyCase leads", query: "source=lead" },
  { label: "Ended", query: "deleted=true" },
];

interface LeadsProps {
  viewer: OrgViewer;
  leads: LeadView[];
  query: string;
  nextCursor: string | null;
}

/** Potential clients: cases that the lead rule claims, and MyCase's lead objects. */
export function LeadsPage({ viewer, leads, query, nextCursor }: LeadsProps) {
  const base = `/console/orgs/${viewer.org}`;
  const rows = leads.map((lead) => (
    <tr>
      <td>{lead.contact_id ? <a href={`${base}/contacts/${lead.contact_id}`}>{nameOf(lead)}</a> : nameOf(lead)}</td>
      <td>
        {lead.source === "case" ? (
          <a href={`${base}/projects/${lead.source_id}`}>case {lead.source_id}</a>
        ) : (
          `lead ${lead.source_id}`
        )}
      </td>
      <td>{lead.status}</td>
      <td>{lead.email}</td>
      <td>{lead.phone ?? lead.phone_raw}</td>
    </tr>
  ));
  return (
    <ListPage
      viewer={viewer}
      title="Leads"
      page="/leads"
      filters={FILTERS}
      query={query}
      columns={["Name", "From", "Status", "Email", "Phone"]}
      rows={rows}
      nextCursor={nextCursor}
      empty="No such leads. Cases become leads by the lead field of the mapping; MyCase’s own leads are read if the org wants them."
    />
  );
}
