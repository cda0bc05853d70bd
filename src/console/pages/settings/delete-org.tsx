import type { Org } from "../../../db/stores/org-store.ts";

/** Deleting an org, by typing its id. */
export function DeleteOrg({ org }: { org: Org }) {
  return (
    <section>
      <h2>Delete this org</h2>
      <p>
        Deletes every row, the mapping, the history, all keys and the connection to MyCase. Nothing in MyCase changes.
        This cannot be undone.
      </p>
      <details>
        <summary>Delete …</summary>
        <form class="row" method="post" action={`/console/orgs/${org.id}/delete`}>
          <label>
            Type “{org.id}” to confirm
            <input name="confirm" required autocomplete="off" />
          </label>
          <button type="submit" class="danger">
            Delete {org.name}
          </button>
        </form>
      </details>
    </section>
  );
}
