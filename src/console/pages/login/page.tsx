import { Layout } from "../../layout.tsx";

/** Asks for an API key. */
export function LoginPage({ refused }: { refused: boolean }) {
  return (
    <Layout title="Log in" viewer={null}>
      <section>
        {refused && (
          <p class="error" role="alert">
            This key is unknown or has been revoked.
          </p>
        )}
        <form class="row" method="post" action="/console/login">
          <label>
            API key
            <input name="key" type="password" required autocomplete="current-password" size={44} />
          </label>
          <button type="submit">Log in</button>
        </form>
        <p class="soft">
          The admin key opens every org, an org's own key that org. The key itself is not kept in the browser.
        </p>
      </section>
    </Layout>
  );
}
