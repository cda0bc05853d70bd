import { type LoadedFacts, withConfig } from "../../db/facts/typed-facts.ts";
import { hasAccess } from "../../domain/connection-state.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Read } from "../../domain/read.ts";
import { scopeOf } from "../../domain/scope.ts";
import { derive } from "../../mapping/derive/derive.ts";
import { type Explanation, explain } from "../../mapping/explain/explain.ts";
import type { ClientFacts, Mirrored, StaffFacts } from "../../mapping/facts.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import { inParallel } from "../../platform/concurrency.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { orgConfig } from "../org-config.ts";
import { recordParsers } from "../record-parsers.ts";
import { MAX_CONCURRENT_READS } from "../records/fetch-by-id.ts";
import { findPeopleToFetch } from "../records/people-to-fetch.ts";

/**
 * Why a case is, or is not, what it is here (T1-T8). Told from the mirror; a case that the mirror does not hold, or that
 * MyCase no longer returned, is read from MyCase for the answer, and nothing of it is saved.
 */
export async function explainCase(
  context: SyncContext,
  org: string,
  caseId: number,
  options: { staffId?: number | undefined } = {},
): Promise<Result<Explanation, Failure>> {
  const [stored, { state }] = await Promise.all([
    context.store.load(org, scopeOf("case", [caseId])),
    context.connection(org).status(),
  ]);
  const versioned = stored.org && (await orgConfig(context.configs, org, stored.org));
  if (!versioned) return err({ kind: "not_found", detail: "Org not found" });
  const connected = hasAccess(state);
  const isPresent = stored.facts.cases[0]?.mirror?.state === "present";
  const loaded = connected && !isPresent ? await readNow(context.mycase(org, "live"), stored, caseId) : ok(stored);
  if (!loaded.ok) return loaded;
  const facts = withConfig(loaded.value, versioned.config, context.now());
  const outcome = derive(facts).cases.find(({ case_id }) => case_id === caseId);
  if (!outcome) return err({ kind: "unexpected", detail: "the case was not derived" });
  const readAt = loaded.value.casesReadAt.get(caseId) ?? null;
  return ok(explain(facts, outcome, { connected, staffId: options.staffId, readAt }));
}

/** The loaded facts with the case, and whoever on it is unknown, as MyCase returns them now. */
async function readNow(mycase: MyCase, loaded: LoadedFacts, caseId: number): Promise<Result<LoadedFacts, Failure>> {
  const read = await mycase.readRecord("case", caseId);
  if (!read.ok) return read;
  const cases = loaded.facts.cases.map((facts) => ({
    ...facts,
    mirror: mirrored(read.value, facts.case_id, facts.mirror, recordParsers.case),
  }));
  const withCase = {
    ...loaded,
    facts: { ...loaded.facts, cases },
    casesReadAt: new Map([[caseId, read.value.at]]),
  };
  const refs = findPeopleToFetch(withCase, new Map(), false);
  const answers = await inParallel(refs, MAX_CONCURRENT_READS, (ref) => mycase.readRecord(ref.model, ref.id));
  const reads = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  return ok({ ...withCase, facts: { ...withCase.facts, ...peopleIn(withCase.facts, reads) } });
}

const UNLINKED = { on_live_project: false, on_lead: false, on_other_project: false };

function peopleIn(facts: LoadedFacts["facts"], reads: Read[]): Pick<LoadedFacts["facts"], "clients" | "staff"> {
  const clients = new Map<number, ClientFacts>(facts.clients);
  const staff = new Map<number, StaffFacts>(facts.staff);
  for (const read of reads) {
    for (const { id } of [...read.records, ...read.absent]) {
      if (read.model === "client") {
        const previous = clients.get(id) ?? {
          client_id: id,
          mirror: null,
          previous: null,
          linksOutsideScope: UNLINKED,
        };
        clients.set(id, { ...previous, mirror: mirrored(read, id, previous.mirror, recordParsers.client) });
      } else {
        const previous = staff.get(id) ?? { staff_id: id, mirror: null, previous: null };
        staff.set(id, { ...previous, mirror: mirrored(read, id, previous.mirror, recordParsers.staff) });
      }
    }
  }
  return { clients, staff };
}

/** What a read shows of an id, in the form of the mirror; when it shows no record, what was known of it stays. */
function mirrored<T>(
  { records, absent, at }: Read,
  id: number,
  previous: Mirrored<T> | null,
  parse: (record: unknown) => T,
): Mirrored<T> | null {
  const present = records.find((record) => record.id === id);
  if (present) return { record: parse(present.record), state: "present", deleted_at: null };
  const state = absent.find((record) => record.id === id)?.state;
  return state ? { record: previous?.record ?? null, state, deleted_at: state === "deleted" ? at : null } : previous;
}
