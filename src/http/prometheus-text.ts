import type { Backlog } from "../sync/context.ts";
import type { OrgHealth } from "../sync/health/org-health.ts";

interface Family {
  name: string;
  type: "gauge" | "counter";
  help: string;
  samples: { labels: Record<string, string>; value: number }[];
}

/** The figures of every org and queue in Prometheus' text format, version 0.0.4. Durations are seconds. */
export function prometheusText(all: { org: string; health: OrgHealth }[], backlog: Backlog[], now: Date): string {
  const perOrg = (read: (health: OrgHealth) => number) =>
    all.map(({ org, health }) => ({ labels: { org }, value: read(health) }));
  const families: Family[] = [
    family("gauge", "connected", "1 while the connection to MyCase is sound", [
      ...all.map(({ org, health: { connection } }) => ({
        labels: { org, state: connection.state },
        value: connection.state === "connected" ? 1 : 0,
      })),
    ]),
    family("gauge", "alarm", "1 for each alarm that is raised", [
      ...all.flatMap(({ org, health }) =>
        health.alarms.map(({ code, severity }) => ({ labels: { org, code, severity }, value: 1 })),
      ),
    ]),
    family(
      "gauge",
      "runs_open",
      "Runs queued or running",
      perOrg((one) => one.runs.open),
    ),
    family(
      "gauge",
      "runs_held",
      "Runs that wait for a decision",
      perOrg((one) => one.runs.held),
    ),
    family(
      "gauge",
      "runs_overdue",
      "Runs that should have begun and have not",
      perOrg((one) => one.runs.overdue.length),
    ),
    family(
      "gauge",
      "dead_letters_open",
      "What could not be processed",
      perOrg((one) => one.dead_letters.open),
    ),
    family(
      "gauge",
      "webhooks_received_24h",
      "Deliveries of the last 24 hours",
      perOrg((one) => one.webhooks.received_24h),
    ),
    family(
      "gauge",
      "webhooks_missed_24h",
      "Changes of the last 24 hours that no delivery told of",
      perOrg((one) => one.webhooks.missed_24h),
    ),
    family(
      "gauge",
      "queue_longest_wait_seconds_24h",
      "The longest that an event waited in the queue",
      perOrg((one) => one.webhooks.longest_wait_ms_24h / 1000),
    ),
    family(
      "counter",
      "mycase_requests_total",
      "Requests sent to MyCase",
      perOrg((one) => one.mycase.requests),
    ),
    family("counter", "mycase_errors_total", "Answers of MyCase that were none", [
      ...all.flatMap(({ org, health: { mycase } }) =>
        (["throttled", "unavailable", "forbidden", "unauthorized"] as const).map((kind) => ({
          labels: { org, kind },
          value: mycase[kind],
        })),
      ),
    ]),
    family("counter", "token_refreshes_total", "Refreshes of tokens", [
      ...all.flatMap(({ org, health: { mycase } }) => [
        { labels: { org, outcome: "done" }, value: mycase.refreshes },
        { labels: { org, outcome: "failed" }, value: mycase.refreshes_failed },
      ]),
    ]),
    family(
      "gauge",
      "queue_backlog",
      "Messages that wait in a queue",
      backlog.map(({ queue, messages }) => ({ labels: { queue }, value: messages })),
    ),
    family(
      "gauge",
      "queue_oldest_message_seconds",
      "The age of the oldest message of a queue",
      backlog.flatMap(({ queue, oldest_at }) =>
        oldest_at === null
          ? []
          : [{ labels: { queue }, value: Math.max(0, now.getTime() - Date.parse(oldest_at)) / 1000 }],
      ),
    ),
  ];
  return `${families
    .filter((one) => one.samples.length > 0)
    .map(asText)
    .join("\n")}\n`;
}

function family(type: Family["type"], name: string, help: string, samples: Family["samples"]): Family {
  return { name: `mycase_sync_${name}`, type, help, samples };
}

function asText({ name, type, help, samples }: Family): string {
  const lines = samples.map(({ labels, value }) => `${name}{${labelsText(labels)}} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");
}

function labelsText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (sign) => (sign === "\n" ? "\\n" : `\\${sign}`))}"`)
    .join(",");
}
