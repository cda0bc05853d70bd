import { BUCKETS } from "../../../db/reads/cases-in-bucket.ts";
import type { OrgViewer } from "../../layout.tsx";
import type { Overview } from "./view.ts";

export const BUCKET_LABELS = {
  project: "projects",
  lead: "leads",
  disabled: "disabled",
  type_unmapped: "type not mapped",
  failed: "could not be read",
  pending: "waiting to be imported",
  deleted: "deleted in MyCase",
  not_visible: "no longer visible",
} as const;

const BAR_WIDTH = 1000;

/** Every case that MyCase shows, in exactly one part of a bar; each part leads to its list. */
export function CoverageSection({ viewer, coverage }: { viewer: OrgViewer; coverage: Overview["coverage"] }) {
  const { buckets, gone, mycase_total: total } = coverage;
  const parts = BUCKETS.map((name) => ({ name, label: BUCKET_LABELS[name], count: buckets[name] }));
  const shown = parts.filter(({ count }) => count > 0);
  const link = (bucket: string) => `/console/orgs/${viewer.org}/cases?bucket=${bucket}`;
  return (
    <section id="coverage" data-live>
      <h2>Is everything here?</h2>
      <p>
        {coverage.asked_mycase
          ? `MyCase shows ${total} ${total === 1 ? "case" : "cases"}; each is in exactly one part of this bar.`
          : "MyCase’s own count is not available right now; these are the cases stored here."}
      </p>
      {total > 0 && (
        <svg
          class="share"
          viewBox={`0 0 ${BAR_WIDTH} 10`}
          preserveAspectRatio="none"
          role="img"
          aria-labelledby="share"
        >
          <title id="share">{shown.map(({ label, count }) => `${count} ${label}`).join(", ")}</title>
          {shown.map(({ name, count }, index) => (
            <rect
              class={`b-${name}`}
              x={(shown.slice(0, index).reduce((sum, part) => sum + part.count, 0) / total) * BAR_WIDTH}
              width={(count / total) * BAR_WIDTH}
              height="10"
            />
          ))}
        </svg>
      )}
      <ul class="legend">
        {shown.map(({ name, label, count }) => (
          <li>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <rect class={`b-${name}`} width="10" height="10" />
            </svg>
            <a href={link(name)}>
              {count} {label}
            </a>
          </li>
        ))}
      </ul>
      {(["deleted", "not_visible"] as const)
        .filter((name) => gone[name] > 0)
        .map((name) => (
          <p class="soft">
            <a href={link(name)}>
              {gone[name]} {BUCKET_LABELS[name]}
            </a>
          </p>
        ))}
    </section>
  );
}
