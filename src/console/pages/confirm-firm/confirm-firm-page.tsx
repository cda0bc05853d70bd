import type { FirmToConfirm } from "../../../http/api-pages.ts";
import { Layout } from "../../layout.tsx";

/** Asks an administrator of the org to confirm the MyCase firm before anything is stored. */
export function ConfirmFirmPage({ org, firm, offer, refused }: FirmToConfirm) {
  return (
    <Layout title="Confirm the firm" viewer={null}>
      <section>
        <p>
          MyCase granted access to the firm <strong>{firm.name ?? firm.uuid}</strong>. Everything this MyCase user sees
          would be copied to the org{" "}
          <strong>
            {org.name} ({org.id})
          </strong>
          .
        </p>
        <p>Nothing has been stored. If someone outside your firm sent you here, close this page.</p>
        {refused && (
          <p class="error" role="alert">
            This needs a session or a key of {org.id} with the scope "admin".
          </p>
        )}
        <form class="row" method="post" action={`/console/orgs/${org.id}/confirm-firm`}>
          <input type="hidden" name="offer" value={offer} />
          <label>
            API key of {org.id} (not needed when you are logged in)
            <input name="key" type="password" autocomplete="off" size={44} />
          </label>
          <button type="submit">Connect {firm.name ?? "this firm"}</button>
        </form>
      </section>
    </Layout>
  );
}
