import type { ApiKey } from "../../../db/stores/api-key-store.ts";
import type { OrgViewer } from "../../layout.tsx";
import { Table } from "../../table.tsx";
import { Time } from "../../time.tsx";

interface KeysProps {
  viewer: OrgViewer;
  keys: ApiKey[];
  newKey: string | null;
}

const SCOPES = [
  ["read", "read: look at everything"],
  ["sync", "sync: also start runs and resyncs"],
  ["admin", "admin: also change mapping, keys and connection"],
] as const;

/** The org's keys; a new one is shown once. */
export function KeysSection({ viewer, keys, newKey }: KeysProps) {
  const base = `/console/orgs/${viewer.org}/keys`;
  return (
    <section>
      <h2>API keys</h2>
      {newKey !== null && (
        <p class="notice" role="status">
          The new key, shown only now: <code>{newKey}</code>
        </p>
      )}
      {keys.length > 0 && (
        <Table label="API keys" columns={["For", "May", "Created", "Last used", ""]}>
          {keys.map((key) => (
            <tr>
              <td>{key.name}</td>
              <td>{key.scopes.join(", ")}</td>
              <td>
                <Time at={key.created_at} viewer={viewer} />
              </td>
              <td>
                <Time at={key.last_used_at} viewer={viewer} />
              </td>
              <td>
                <form method="post" action={`${base}/${key.id}/revoke`}>
                  <button type="submit" class="small quiet">
                    Revoke<span class="hidden"> {key.name}</span>
                  </button>
                </form>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <form class="row" method="post" action={base}>
        <label>
          What the key is for
          <input name="name" required maxLength={100} />
        </label>
        <label>
          What it may do
          <select name="scopes">
            {SCOPES.map(([scope, label]) => (
              <option value={scope}>{label}</option>
            ))}
          </select>
        </label>
        <button type="submit">Create key</button>
      </form>
    </section>
  );
}
