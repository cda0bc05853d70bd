import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { SCRIPT_PATH, STYLE_PATH } from "./assets/routes.ts";

/** Who looks at an org's pages, when, and what they may do there. */
export interface OrgViewer {
  org: string;
  name: string;
  timezone: string;
  now: Date;
  canSync: boolean;
  canAdmin: boolean;
}

const NAVIGATION = [
  ["", "Overview"],
  ["/mapping", "Mapping"],
  ["/projects", "Projects"],
  ["/contacts", "Contacts"],
  ["/leads", "Leads"],
  ["/team", "Team"],
  ["/runs", "Runs"],
  ["/dead-letters", "Not processed"],
  ["/webhooks", "Webhooks"],
  ["/settings", "Settings"],
] as const;

/** The address of a page in the navigation, below the org's. */
export type NavigationPath = (typeof NAVIGATION)[number][0];

/** `viewer` is null without a session; `"admin"` where no org has been chosen. `page` marks the place in the navigation. */
interface LayoutProps {
  title: string;
  viewer: OrgViewer | "admin" | null;
  page?: NavigationPath;
  children: Child;
}

/** The frame of every page. */
export function Layout({ title, viewer, page, children }: LayoutProps) {
  const org = viewer === "admin" ? null : viewer;
  return (
    <>
      {raw("<!doctype html>")}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{org === null || title === org.name ? `${title} · mycase-sync` : `${title} · ${org.name}`}</title>
          <link rel="stylesheet" href={STYLE_PATH} />
          <script src={SCRIPT_PATH} defer />
        </head>
        <body>
          <a class="skip" href="#main">
            Skip to content
          </a>
          <header class="bar">
            <div>
              <a class="brand" href="/console">
                {org?.name ?? "mycase-sync"}
              </a>
              {org && <Navigation viewer={org} page={page} />}
              {org && <Search org={org.org} />}
              {viewer && (
                <form class="end" method="post" action="/console/logout">
                  <button type="submit" class="quiet">
                    Log out
                  </button>
                </form>
              )}
            </div>
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

function Navigation({ viewer: { org, canAdmin }, page }: { viewer: OrgViewer; page: NavigationPath | undefined }) {
  return (
    <nav aria-label="Pages of the firm">
      {NAVIGATION.filter(([path]) => path !== "/settings" || canAdmin).map(([path, label]) => (
        <a href={`/console/orgs/${org}${path}`} aria-current={path === page ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

function Search({ org }: { org: string }) {
  return (
    <form method="get" action={`/console/orgs/${org}/explain`}>
      <input type="search" name="q" aria-label="Case id, number, or name" placeholder="Case id, number, or name" />
      <button type="submit" class="quiet">
        Why isn’t it here?
      </button>
    </form>
  );
}
