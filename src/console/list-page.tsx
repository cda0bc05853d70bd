import type { Child } from "hono/jsx";
import { Layout, type NavigationPath, type OrgViewer } from "./layout.tsx";
import { Table } from "./table.tsx";

interface ListPageProps {
  viewer: OrgViewer;
  title: string;
  page: NavigationPath;
  /** What the list can be narrowed to; the query of each as it stands in the address. */
  filters: { label: string; query: string }[];
  /** The query in force. */
  query: string;
  columns: string[];
  rows: Child[];
  nextCursor: string | null;
  /** Shown instead of an empty table. */
  empty: string;
}

/** A list with filters that stay while one pages through it. */
export function ListPage({ viewer, title, page, filters, query, columns, rows, nextCursor, empty }: ListPageProps) {
  const base = `/console/orgs/${viewer.org}${page}`;
  const next = new URLSearchParams(query);
  if (nextCursor !== null) next.set("cursor", nextCursor);
  return (
    <Layout title={title} viewer={viewer} page={page}>
      <nav class="filters" aria-label="Filters">
        {filters.map((filter) => (
          <a
            href={filter.query === "" ? base : `${base}?${filter.query}`}
            aria-current={filter.query === query ? "true" : undefined}
          >
            {filter.label}
          </a>
        ))}
      </nav>
      <section>
        {rows.length === 0 ? (
          <p>{empty}</p>
        ) : (
          <Table label={title} columns={columns}>
            {rows}
          </Table>
        )}
        {nextCursor !== null && <a href={`${base}?${next}`}>Next page</a>}
      </section>
    </Layout>
  );
}
