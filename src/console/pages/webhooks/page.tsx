import type { webhookReport } from "../../../sync/health/webhook-report.ts";
import { Layout, type OrgViewer } from "../../layout.tsx";
import { Table } from "../../table.tsx";
import { Time } from "../../time.tsx";

interface WebhooksProps {
  viewer: OrgViewer;
  report: Awaited<ReturnType<typeof webhookReport>>;
  hours: number;
}

const CHART_HEIGHT = 60;
const BAR_STEP = 10;

/** What MyCase's webhooks announced in the last hours, and what they missed. */
export function WebhooksPage({ viewer, report, hours }: WebhooksProps) {
  return (
    <Layout title="Webhooks from MyCase" viewer={viewer} page="/webhooks">
      <section>
        <p>
          In the last {hours} hours MyCase announced <strong>{report.received}</strong> changes. Polling found{" "}
          <strong>{report.missed}</strong> more that were not announced. Last webhook:{" "}
          <Time at={report.last_received_at} viewer={viewer} />.
        </p>
        <Chart report={report} hours={hours} now={viewer.now} />
        {report.hours.length === 0 ? (
          <p class="soft">Nothing in this time.</p>
        ) : (
          <Table label="By hour and kind" columns={["Hour", "Kind", "Announced", "Missed"]}>
            {report.hours.map((hour) => (
              <tr>
                <td>
                  <Time at={hour.hour} viewer={viewer} />
                </td>
                <td>{hour.model}</td>
                <td>{hour.received}</td>
                <td>{hour.missed_found_by_poll + hour.missed_found_by_nightly}</td>
              </tr>
            ))}
          </Table>
        )}
      </section>
    </Layout>
  );
}

/** Announced changes by hour, the newest at the right; the table below says the same. */
function Chart({ report, hours, now }: Pick<WebhooksProps, "report" | "hours"> & { now: Date }) {
  const counts = new Array<number>(hours).fill(0);
  for (const { hour, received } of report.hours) {
    const age = Math.floor((now.getTime() - Date.parse(hour)) / 3_600_000);
    if (age >= 0 && age < hours) counts[hours - 1 - age] = (counts[hours - 1 - age] ?? 0) + received;
  }
  const most = Math.max(1, ...counts);
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${hours * BAR_STEP} ${CHART_HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-labelledby="chart"
    >
      <title id="chart">{`Announced changes by hour, at most ${most} in one`}</title>
      {counts.map((count, index) => (
        <rect
          class="b-lead"
          x={index * BAR_STEP + 1}
          y={CHART_HEIGHT - (count / most) * CHART_HEIGHT}
          width={BAR_STEP - 2}
          height={(count / most) * CHART_HEIGHT}
        />
      ))}
    </svg>
  );
}
