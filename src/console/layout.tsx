import { raw } from "hono/html";
import type { Child } from "hono/jsx";

/** Who looks, and at what; null before a login. */
export interface Viewer {
  org: string | null;
  canSync: boolean;
  canAdmin: boolean;
}

/** The frame of every page. */
export function Layout({ title, viewer, children }: { title: string; viewer: Viewer | null; children: Child }) {
  const base = viewer?.org ? `/console/orgs/${viewer.org}` : null;
  return (
    <>
      {raw("<!doctype html>")}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <title>{`${title} · mycase-sync`}</title>
          <link rel="stylesheet" href="/console/style.css" />
        </head>
        <body>
          <a class="skip" href="#main">
            To the content
          </a>
          <header>
            <a class="brand" href="/console">
              mycase-sync
            </a>
            {base && (
              <nav aria-label="Pages of the org">
                <a href={base}>Overview</a>
                <a href={`${base}/projects`}>Projects</a>
                <a href={`${base}/explain`}>Why is a case missing?</a>
                <a href={`${base}/runs`}>Runs</a>
              </nav>
            )}
            {viewer && (
              <form method="post" action="/console/logout">
                <button type="submit" class="quiet">
                  Log out
                </button>
              </form>
            )}
          </header>
          <main id="main">
            <h1>{title}</h1>
            {children}
          </main>
        </body>
      </html>
    </>
  );
}
