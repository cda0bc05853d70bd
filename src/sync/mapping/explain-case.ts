import type { LoadedRows } from "../../db/facts/load.ts";
import { hasAccess } from "../../domain/connection-state.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Read } from "../../domain/read.ts";
import { scopeOf } from "../../domain/scope.ts";
import { derive } from "../../mapping/derive/derive.ts";
import { type Explanation, explain } from "../../mapping/explain/explain.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import { inParallel } from "../../platform/concurrency.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { assemble } from "../assemble.ts";
import type { SyncContext } from "../context.ts";
import { orgConfig } from "../org-config.ts";
import { MAX_CONCURRENT_READS } from "../records/fetch-by-id.ts";
import { findPeopleToFetch } from "../records/people-to-fetch.ts";

/**
 * Why a case is, or is not, what it is here (T1-T8). Told from the mirror; a case that the mirror does not hold, or no
 * longer sees, is read from MyCase for the answer, and nothing of it is kept.
 */
export async function explainCase(
  context: SyncContext,
  org: string,
  caseId: number,
  options: { staffId?: number | undefined } = {},
): Promise<Result<Explanation, Failure>> {
  const [known, { state }] = await Promise.all([
    context.store.load(org, scopeOf("case", [caseId])),
    context.connection(org).status(),
  ]);
  const dated = await orgConfig(context.configs, org, Number(known.org.config_version ?? 0));
  if (!dated) return err({ kind: "not_found", detail: "Org not found" });
  const connected = hasAccess(state);
  const rows =
    connected && known.cases[0]?.state !== "present"
      ? await readNow(context.mycase(org, "live"), known, caseId)
      : ok(known);
  if (!rows.ok) return rows;
  const facts = assemble(rows.value, dated.config, context.now());
  const outcome = derive(facts).cases.find((one) => one.case_id === caseId);
  if (!outcome) return err({ kind: "unexpected", detail: "the case was not derived" });
  const readAt = rows.value.cases[0]?.read_at;
  return ok(
    explain(facts, outcome, {
      connected,
      staffId: options.staffId,
      readAt: typeof readAt === "string" ? readAt : null,
    }),
  );
}

/** The loaded rows with the case, and whoever on it is unknown, as MyCase has them now. */
async function readNow(mycase: MyCase, rows: LoadedRows, caseId: number): Promise<Result<LoadedRows, Failure>> {
  const read = await mycase.readRecord("case", caseId);
  if (!read.ok) return read;
  const withCase = { ...rows, cases: mirrorRows(read.value, rows.cases) };
  const wants = findPeopleToFetch(withCase, new Map(), false);
  const people = await inParallel(wants, MAX_CONCURRENT_READS, (want) => mycase.readRecord(want.model, want.id));
  const reads = people.flatMap((one) => (one.ok ? [one.value] : []));
  const of = (model: Read["model"]) => reads.filter((one) => one.model === model).flatMap((one) => mirrorRows(one, []));
  const clients = of("client");
  return ok({
    ...withCase,
    clients: [...rows.clients, ...clients],
    staff: [...rows.staff, ...of("staff")],
    linksOutsideScope: [
      ...rows.linksOutsideScope,
      ...clients.map(({ id }) => ({ id, on_live_project: 0, on_lead: 0, on_other_project: 0 })),
    ],
  });
}

/** A read in the form of the mirror; a gap keeps what was known of the record. */
function mirrorRows(read: Read, known: Record<string, unknown>[]): Record<string, unknown>[] {
  const present = read.records.map(({ id, record }) => ({
    id,
    record: JSON.stringify(record),
    state: "present",
    deleted_at: null,
    read_at: read.at,
  }));
  const gaps = read.absent.map(({ id, state }) => ({
    id,
    record: known[0]?.record ?? null,
    state,
    deleted_at: state === "deleted" ? read.at : null,
    read_at: read.at,
  }));
  return [...present, ...gaps];
}
