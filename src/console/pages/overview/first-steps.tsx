import type { OrgViewer } from "../../layout.tsx";
import type { Overview } from "./view.ts";

/** What a new org still has to do; nothing once everything is done. */
export function FirstSteps({ viewer, view }: { viewer: OrgViewer; view: Overview }) {
  const base = `/console/orgs/${viewer.org}`;
  const imported = view.coverage.buckets.pending < view.coverage.mycase_total;
  const steps = [
    {
      done: view.health.connection.state !== "not_connected",
      text: "Connect the firm’s MyCase account",
      path: "/connect",
    },
    { done: view.hasMapping, text: "Say which fields and values mean what", path: "/mapping" },
    { done: view.hasMapping && imported, text: "Wait for the first import; it starts by itself", path: "/runs" },
  ];
  if (steps.every(({ done }) => done)) return null;
  return (
    <section aria-label="First steps">
      <h2>First steps</h2>
      <ol class="steps">
        {steps.map(({ done, text, path }) => (
          <li class={done ? "done" : ""}>
            {done ? (
              `${text}: done`
            ) : (
              <a href={`${base}${path}`}>
                <strong>{text}</strong>
              </a>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
