import type { ApiKey } from "../../../db/stores/api-key-store.ts";
import type { Org } from "../../../db/stores/org-store.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { DeleteOrg } from "./delete-org.tsx";
import { KeysSection } from "./keys-section.tsx";

interface SettingsProps {
  viewer: OrgViewer;
  org: Org;
  keys: ApiKey[];
  /** The text of a key that was created just now. */
  newKey: string | null;
  /** Only the admin key may delete an org. */
  canDelete: boolean;
}

/** The org's own settings, its API keys, and its end. */
export function SettingsPage({ viewer, org, keys, newKey, canDelete }: SettingsProps) {
  return (
    <Layout title="Settings" viewer={viewer} page="/settings">
      <section>
        <h2>Firm</h2>
        <form method="post" action={`/console/orgs/${org.id}/settings`}>
          <label>
            Name
            <input name="name" value={org.name} required maxLength={200} />
          </label>
          <label>
            Time zone; the nightly comparison runs at its midnight
            <input name="timezone" value={org.timezone} required list="zones" />
          </label>
          <datalist id="zones">
            {Intl.supportedValuesOf("timeZone")
              .filter((zone) => /^(America|Pacific)\//.test(zone))
              .map((zone) => (
                <option value={zone} />
              ))}
          </datalist>
          <label>
            Country of phone numbers without a country code, two letters
            <input name="default_country" value={org.default_country} required pattern="[A-Z]{2}" />
          </label>
          <label>
            <input type="checkbox" name="pull_lead_objects" value="true" checked={org.pull_lead_objects} /> Also read
            MyCase’s own leads
          </label>
          <button type="submit">Save</button>
        </form>
      </section>
      <KeysSection viewer={viewer} keys={keys} newKey={newKey} />
      {canDelete && <DeleteOrg org={org} />}
    </Layout>
  );
}
