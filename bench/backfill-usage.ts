import { DEMO_MAPPING } from "../scripts/demo-mapping.ts";
import { freePort } from "../scripts/free-port.ts";
import { startFirm } from "./harness/firm.ts";
import { importAll } from "./harness/follow-run.ts";
import { type HeapPeaks, watchHeap } from "./harness/heap.ts";
import { type Metric, metric, rounded } from "./metric.ts";
import type { Scripts } from "./scripts.ts";
import type { Usage } from "./worker/meter.ts";

const SMALL = 5_000;
const LARGE = 20_000;

interface Import {
  cases: number;
  requests: number;
  requestsByKind: Record<string, number>;
  records: Record<string, number>;
  /** Tables' rows, as SQLite counts them. */
  rowsWritten: number;
  usage: Usage;
  /** Of a forecast of the whole firm, which is made within one invocation. */
  forecast: Usage;
  forecastMs: number;
  databaseMb: number;
  heap: HeapPeaks;
  heapIdle: HeapPeaks;
}

/** What a first import uses of MyCase, D1, queues and memory, and how that grows with the firm. */
export async function benchBackfillUsage(scripts: Scripts): Promise<Metric[]> {
  const small = await importFirm(scripts, SMALL);
  const large = await importFirm(scripts, LARGE);
  const perThousand = (of: (one: Import) => number) => rounded(((of(large) - of(small)) / (LARGE - SMALL)) * 1000);
  const slope = (what: string, unit: string, of: (one: Import) => number, detail?: Record<string, unknown>) =>
    metric({ benchmark: "backfill-usage", what, unit, raw: [perThousand(of)], ...(detail ? { detail } : {}) });
  return [
    metric({
      benchmark: "backfill-usage",
      what: "MyCase requests per 1,000 further cases, people included",
      unit: "",
      raw: [perThousand((one) => one.requests)],
      baseline: { what: "one read for each record", raw: [perThousand(recordsOf)] },
      target: { of: "value", atMost: 2 },
      detail: {
        requests: { [SMALL]: small.requests, [LARGE]: large.requests },
        by_kind: { [SMALL]: small.requestsByKind, [LARGE]: large.requestsByKind },
        records: { [SMALL]: small.records, [LARGE]: large.records },
      },
    }),
    slope("requests for listing cases alone, per 1,000 further cases", "", (one) => one.requestsByKind.cases ?? 0),
    slope("D1 rows written per 1,000 further cases, indexes included", "", (one) => one.usage.d1_rows_written, {
      table_rows: perThousand((one) => one.rowsWritten),
    }),
    slope("D1 rows read per 1,000 further cases", "", (one) => one.usage.d1_rows_read),
    slope("D1 statements per 1,000 further cases", "", (one) => one.usage.d1_statements),
    slope("D1 size per 1,000 further cases", "MB", (one) => one.databaseMb),
    slope("Durable Object calls per 1,000 further cases", "", (one) => one.usage.object_calls),
    slope("D1 calls of a forecast, per 1,000 further cases", "", (one) => one.forecast.d1_calls, {
      statements: perThousand((one) => one.forecast.d1_statements),
      where: "mapping preview, and the guard of a full run",
    }),
    slope("time of a forecast, per 1,000 further cases", "ms", (one) => one.forecastMs),
    metric({
      benchmark: "backfill-usage",
      what: "queue messages of a whole import",
      unit: "",
      raw: [large.usage.queue_messages],
      baseline: { what: `of ${SMALL} cases`, raw: [small.usage.queue_messages] },
    }),
    metric({
      benchmark: "backfill-usage",
      what: `heap of the worker's isolate at its peak, ${LARGE} cases`,
      unit: "MB",
      raw: [large.heap.used_mb],
      baseline: { what: `${SMALL} cases`, raw: [small.heap.used_mb] },
      target: { of: "value", atMost: 128 },
      detail: { idle: large.heapIdle, peak: large.heap, sampled: "between the isolate's turns, garbage included" },
    }),
  ];
}

async function importFirm(scripts: Scripts, cases: number): Promise<Import> {
  const inspectorPort = await freePort(0);
  const firm = await startFirm({ scriptPath: scripts.measured, cases, inspectorPort });
  try {
    await firm.usage();
    const idle = await watchHeap(inspectorPort);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const heapIdle = idle.stop();
    const watch = await watchHeap(inspectorPort);
    const { run } = await importAll(firm);
    const { core, log } = firm.mycase.simulator;
    const requestsByKind: Record<string, number> = {};
    for (const { method, path } of log.entries) {
      const kind = /^\/v1\/([a-z_]+)/.exec(path)?.[1];
      if (kind && method === "GET") requestsByKind[kind] = (requestsByKind[kind] ?? 0) + 1;
    }
    const { clients, companies, leads, staff } = core.firm;
    const usage = await firm.usage();
    const heap = watch.stop();
    const began = performance.now();
    await firm.post("/v1/orgs/demo/mapping/preview", DEMO_MAPPING);
    const forecastMs = performance.now() - began;
    return {
      cases,
      requests: Object.values(requestsByKind).reduce((sum, count) => sum + count, 0),
      requestsByKind,
      records: { cases, clients: clients.size, companies: companies.size, leads: leads.size, staff: staff.size },
      rowsWritten: run.rows_written,
      usage,
      forecast: await firm.usage(),
      forecastMs,
      databaseMb: Number((await firm.worker.db.prepare("SELECT 1").all()).meta.size_after) / 1e6,
      heap,
      heapIdle,
    };
  } finally {
    await firm.stop();
  }
}

/** Leads are not pulled unless the org says so. */
function recordsOf({ records }: Import): number {
  const { cases = 0, clients = 0, companies = 0, staff = 0 } = records;
  return cases + clients + companies + staff;
}
