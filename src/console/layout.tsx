import { raw } from "hono/html";
import type { Child } from "hono/jsx";

/** Who looks at an org's pages, and what they may do there. */
export interface OrgViewer {
  org: string;
  canSync: boolean;
  canAdmin: boolean;
}

/** `viewer` is null without a session; its org is null where no org has been chosen. */
interface LayoutProps {
  title: string;
  viewer: { org: string | null } | null;
  children: Child;
}

const NAVIGATION = [
  ["", "Overview"],
  ["/projects", "Projects"],
  ["/explain", "Why is a case missing?"],
  ["/runs", "Runs"],
  ["/dead-letters", "Could not be processed"],
] as const;

/** The frame of every page. */
export function Layout({ title, viewer, children }: LayoutProps) {
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
            Skip to content
          </a>
          <header>
            <a class="brand" href="/console">
              mycase-sync
            </a>
            {base && (
              <nav aria-label="Pages of the firm">
                {NAVIGATION.map(([path, label]) => (
                  <a href={`${base}${path}`}>{label}</a>
                ))}
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
