import type { Backlog } from "../../sync/context.ts";
import type { OrgHealth } from "../../sync/health/org-health.ts";

interface OrgFigures {
  org: string;
  health: OrgHealth;
}

interface Figures {
  orgs: OrgFigures[];
  /** How many pages there are; `orgs` are those of one. */
  pages: number;
  backlog: Backlog[];
}

interface Sample {
  labels: Record<string, string>;
  value: number;
}

interface Family {
  name: string;
  type: "gauge" | "counter";
  help: string;
  samples: Sample[];
}

type PerOrg = [type: Family["type"], name: string, help: string, read: (health: OrgHealth) => number];

const PER_ORG: PerOrg[] = [
  ["gauge", "runs_open", "Runs queued or running", ({ runs }) => runs.open],
  ["gauge", "runs_held", "Runs waiting for a decision", ({ runs }) => runs.held],
  ["gauge", "runs_overdue", "Runs that are overdue", ({ runs }) => runs.overdue.length],
  ["gauge", "dead_letters_open", "Open dead letters", (health) => health.dead_letters.open],
  ["gauge", "webhooks_received_24h", "Deliveries of the last 24 hours", ({ webhooks }) => webhooks.received_24h],
  [
    "gauge",
    "webhooks_missed_24h",
    "Changes of the last 24 hours without a delivery",
    ({ webhooks }) => webhooks.missed_24h,
  ],
  [
    "gauge",
    "queue_longest_wait_seconds_24h",
    "Longest wait of an event in the queue",
    ({ webhooks }) => webhooks.longest_wait_ms_24h / 1000,
  ],
  ["counter", "mycase_requests_total", "Requests sent to MyCase", ({ mycase }) => mycase.requests],
];

const ERROR_KINDS = ["throttled", "unavailable", "forbidden", "unauthorized"] as const;

/** The figures of every org and queue in Prometheus' text format, version 0.0.4. Durations are seconds. */
export function prometheusText({ orgs, pages, backlog }: Figures, now: Date): string {
  const families = [
    family("gauge", "pages", "Pages of orgs; each is scraped by itself", [{ labels: {}, value: pages }]),
    connected(orgs),
    alarms(orgs),
    ...PER_ORG.map(([type, name, help, read]) =>
      family(
        type,
        name,
        help,
        orgs.map(({ org, health }) => ({ labels: { org }, value: read(health) })),
      ),
    ),
    mycaseErrors(orgs),
    tokenRefreshes(orgs),
    ...queues(backlog, now),
  ];
  const texts = families.filter(({ samples }) => samples.length > 0).map(asText);
  return `${texts.join("\n")}\n`;
}

function connected(orgs: OrgFigures[]): Family {
  const samples = orgs.map(({ org, health: { connection } }) => ({
    labels: { org, state: connection.state },
    value: connection.state === "connected" ? 1 : 0,
  }));
  return family("gauge", "connected", "1 while the connection to MyCase is sound", samples);
}

function alarms(orgs: OrgFigures[]): Family {
  const samples = orgs.flatMap(({ org, health }) =>
    health.alarms.map(({ code, severity }) => ({ labels: { org, code, severity }, value: 1 })),
  );
  return family("gauge", "alarm", "1 for each alarm that is raised", samples);
}

function mycaseErrors(orgs: OrgFigures[]): Family {
  const samples = orgs.flatMap(({ org, health: { mycase } }) =>
    ERROR_KINDS.map((kind) => ({ labels: { org, kind }, value: mycase[kind] })),
  );
  return family("counter", "mycase_errors_total", "Failed MyCase requests by kind", samples);
}

function tokenRefreshes(orgs: OrgFigures[]): Family {
  const samples = orgs.flatMap(({ org, health: { mycase } }) => [
    { labels: { org, outcome: "done" }, value: mycase.refreshes },
    { labels: { org, outcome: "failed" }, value: mycase.refreshes_failed },
  ]);
  return family("counter", "token_refreshes_total", "Token refreshes", samples);
}

function queues(backlog: Backlog[], now: Date): Family[] {
  const messages = backlog.map(({ queue, messages: value }) => ({ labels: { queue }, value }));
  const ages = backlog.flatMap(({ queue, oldest_at }) =>
    oldest_at === null ? [] : [{ labels: { queue }, value: Math.max(0, now.getTime() - Date.parse(oldest_at)) / 1000 }],
  );
  return [
    family("gauge", "queue_backlog", "Messages waiting in a queue", messages),
    family("gauge", "queue_oldest_message_seconds", "Age of the oldest message of a queue", ages),
  ];
}

function family(type: Family["type"], name: string, help: string, samples: Sample[]): Family {
  return { name: `mycase_sync_${name}`, type, help, samples };
}

function asText({ name, type, help, samples }: Family): string {
  const lines = samples.map(({ labels, value }) => `${name}{${labelsText(labels)}} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");
}

function labelsText(labels: Sample["labels"]): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (sign) => (sign === "\n" ? "\\n" : `\\${sign}`))}"`)
    .join(",");
}
