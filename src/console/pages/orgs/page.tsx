import { Layout } from "../../layout.tsx";

/** The list of orgs; only the admin key sees more than one. */
export function OrgsPage({ orgs }: { orgs: { id: string; name: string }[] }) {
  return (
    <Layout title="Firms" viewer="admin">
      <section>
        {orgs.length === 0 && <p class="soft">None yet; create one with POST /v1/orgs.</p>}
        <ul>
          {orgs.map((org) => (
            <li>
              <a href={`/console/orgs/${org.id}`}>{org.name}</a> <span class="soft">{org.id}</span>
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}
