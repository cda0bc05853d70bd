import { derive } from "../../../src/mapping/derive/derive.ts";
import type { CaseOutcome } from "../../../src/mapping/outcome.ts";
import { plan } from "../../../src/mapping/plan/plan.ts";
import { type ChaosWorld, call } from "./chaos-world.ts";
import { Divergence, differences } from "./divergence.ts";
import { derivedAfresh, factsNow } from "./expected.ts";
import { takeLoggedBugs } from "./logged-bugs.ts";
import { expectMirrored } from "./mirror-check.ts";
import { canonical, GONE, type Kind, keyOf, recordNow } from "./record-now.ts";
import { openWork, readStored, type Stored } from "./stored.ts";

/** Everything that must hold once all faults have ended. */
export async function expectSettled(world: ChaosWorld): Promise<void> {
  const stored = await readStored(world, world.ledger.last);
  world.ledger.follow(stored.changes);
  world.ledger.expectTables(stored.tables);
  expectMirrored(world, stored);
  expectNothingLeftToDo(world, stored);
  const fresh = derivedAfresh(world, stored);
  for (const outcome of fresh.cases) if (outcome.bucket === "project") expectLive(stored, outcome);
  expectPeople(stored, fresh);
  expectKept(world, stored, fresh.cases);
  await expectWorkDone(world);
  await expectCovered(world, fresh.cases);
  expectOnlyReads(world);
  const bugs = takeLoggedBugs();
  if (bugs.length > 0) throw new Divergence("the worker logged a bug", bugs);
}

/** Deriving MyCase's own records again over the stored rows changes nothing. */
function expectNothingLeftToDo(world: ChaosWorld, stored: Stored): void {
  const facts = factsNow(world, stored);
  const { ledger } = plan(facts, derive(facts));
  if (ledger.length > 0)
    throw new Divergence("the tables are not what MyCase holds; deriving again would change", ledger);
}

function expectLive({ tables }: Stored, { case_id, project, contacts, team }: CaseOutcome): void {
  const of = <T extends { case_id: number }>(rows: T[]) =>
    rows.filter((row) => row.case_id === case_id).map(({ case_id: _, ...row }) => row);
  const row = tables.projects.find((project) => project.case_id === case_id);
  // D7: the phase of an unmapped value is the last one there was.
  const phase = project?.phase ?? row?.phase ?? null;
  const expected = { project: project && { ...project, phase }, contacts, team };
  const actual = { project: row, contacts: of(tables.project_contacts), team: of(tables.project_team_members) };
  const differing = differences(byJson(actual), byJson(expected));
  if (differing.length > 0)
    throw new Divergence(`project ${case_id} is not as a first import makes it (stored | expected)`, differing);
}

function byJson({ project, contacts, team }: { project: unknown; contacts: object[]; team: object[] }) {
  const order = (rows: object[]) => [...rows].sort((a, b) => personOf(a) - personOf(b));
  return { project, contacts: order(contacts), team: order(team) };
}

function personOf(link: { client_id?: number; staff_id?: number }): number {
  return link.client_id ?? link.staff_id ?? 0;
}

/** Everybody whom a first import would bring is stored, with the same values. */
function expectPeople({ tables }: Stored, fresh: ReturnType<typeof derivedAfresh>): void {
  const caseLeads = fresh.cases.flatMap(({ lead }) => (lead === null ? [] : [lead]));
  const pairs: [string, object[], object[], (row: never) => string][] = [
    ["contact", tables.contacts, fresh.contacts, (row: { client_id: number }) => String(row.client_id)],
    ["team member", tables.team_members, fresh.team_members, (row: { staff_id: number }) => String(row.staff_id)],
    [
      "lead",
      tables.leads,
      [...fresh.leads, ...caseLeads],
      (row: { source: string; source_id: number }) => `${row.source}:${row.source_id}`,
    ],
  ];
  for (const [what, actualRows, expectedRows, keyOfRow] of pairs) {
    for (const expected of expectedRows) {
      const row = actualRows.find((candidate) => keyOfRow(candidate as never) === keyOfRow(expected as never));
      const differing = differences(row, expected);
      if (differing.length > 0)
        throw new Divergence(
          `${what} ${keyOfRow(expected as never)} is not as a first import makes it (stored | expected)`,
          differing,
        );
    }
  }
}

/** What is not a live project any more keeps its row, and the row says why (D4-D8). */
function expectKept(world: ChaosWorld, { tables }: Stored, fresh: CaseOutcome[]): void {
  const buckets = new Map(fresh.map(({ case_id, bucket }) => [case_id, bucket]));
  for (const row of tables.projects) {
    world.everProjects.add(row.case_id);
    const bucket = buckets.get(row.case_id) ?? "deleted";
    const says = {
      deleted: row.deleted_at !== null,
      disabled: !row.enabled,
      lead: row.is_lead,
      type_unmapped: row.type_unmapped,
      project: row.enabled && !row.is_lead && !row.type_unmapped && row.deleted_at === null,
    };
    if (!says[bucket as keyof typeof says])
      throw new Divergence(`project ${row.case_id} should be kept as ${bucket}`, row);
  }
  const lost = [...world.everProjects].filter((id) => !tables.projects.some((row) => row.case_id === id));
  if (lost.length > 0) throw new Divergence("projects have vanished", lost);
}

/** What was answered 202 has come to an end. */
async function expectWorkDone(world: ChaosWorld): Promise<void> {
  const { runs, jobs, deadLetters } = await openWork(world);
  const forgotten = jobs.filter(({ id }) => world.jobs.has(String(id)));
  if (runs.length + forgotten.length + deadLetters.length > 0)
    throw new Divergence("accepted work has not come to an end", { runs, forgotten, deadLetters });
  world.jobs.clear();
}

async function expectCovered(world: ChaosWorld, fresh: CaseOutcome[]): Promise<void> {
  const { status, body } = await call(world, "GET", "/coverage");
  const expected = { project: 0, lead: 0, disabled: 0, type_unmapped: 0, failed: 0, pending: 0 };
  for (const { bucket } of fresh) expected[bucket as keyof typeof expected] += 1;
  const differing = differences(
    [status, body?.buckets, body?.mycase_total],
    [200, expected, world.simulator.firm.cases.size],
  );
  if (differing.length > 0) throw new Divergence("coverage does not add up (answered | expected)", differing);
}

/** R1: nothing but reads, token calls and subscriptions. */
function expectOnlyReads(world: ChaosWorld): void {
  const { log } = world.simulator;
  const allowed = /^(GET \/|(POST|DELETE) \/v1\/webhooks\/subscriptions|POST \/tokens$)/;
  const writes = log.entries.filter(({ method, path }) => !allowed.test(`${method} ${path}`));
  if (writes.length > 0) throw new Divergence("MyCase was sent something other than reads", writes);
  log.clear();
}

/** Of every accepted webhook the record has been read since; checked for those that have not changed again. */
export async function expectAcceptedTaken(world: ChaosWorld): Promise<void> {
  const { mirror, org } = await readStored(world, Number.MAX_SAFE_INTEGER);
  for (const [key, then] of world.accepted) {
    const [model, text] = key.split(":") as [Kind, string];
    if (model === "lead" && org.pull_lead_objects !== 1) continue;
    const id = Number(text);
    if (model === "case" && world.hidden.has(id)) continue;
    if (recordNow(world, model, id) !== then) continue;
    const row = mirror[model as keyof typeof mirror].find((candidate) => candidate.id === id);
    const stored = row?.state === "present" && row.record ? canonical(model, JSON.parse(row.record)) : GONE;
    if (stored !== then)
      throw new Divergence(`an accepted webhook about ${keyOf(model, id)} has been lost (stored | MyCase)`, {
        stored,
        then,
        row,
      });
  }
  world.accepted.clear();
  world.hidden.clear();
}
