import fc from "fast-check";
import { expect, test } from "vitest";
import { derive } from "../../src/mapping/derive/derive.ts";
import { explain } from "../../src/mapping/explain/explain.ts";
import type { Facts } from "../../src/mapping/facts.ts";
import { isLive } from "../../src/mapping/is-live.ts";
import type { Bucket, Gate } from "../../src/mapping/outcome.ts";
import { isEmpty, plan } from "../../src/mapping/plan/plan.ts";
import type { LedgerEntry } from "../../src/mapping/plan/plan-types.ts";
import { replayLedger } from "../../src/mapping/plan/replay-ledger.ts";
import {
  aroundCase,
  emptyTables,
  everything,
  type Firm,
  loadFacts,
  type Scope,
  savePlan,
  type Tables,
} from "./support/firm.ts";
import { firms, histories } from "./support/firms.ts";

interface Saved {
  tables: Tables;
  ledger: LedgerEntry[];
}

const start: Saved = { tables: emptyTables(), ledger: [] };

function sync({ tables, ledger }: Saved, firm: Firm, scope: Scope = everything(firm, tables)): Saved {
  const facts = loadFacts(firm, tables, scope);
  const changes = plan(facts, derive(facts));
  return { tables: savePlan(tables, changes), ledger: [...ledger, ...changes.ledger] };
}

/** The tables of the first moment, then with a contact pinned on every project and one member hidden. */
function beginWith(firm: Firm): Saved {
  const { tables, ledger } = sync(start, firm);
  const projects = [...tables.projects].map(([id, row]) => [id, { ...row, pinned_contact_id: (id % 6) + 1 }] as const);
  const members = [...tables.members].map(
    ([id, row]) => [id, { ...row, visibility_override: id === 2 ? ("hidden" as const) : null }] as const,
  );
  return { tables: { ...tables, projects: new Map(projects), members: new Map(members) }, ledger };
}

/** Facts of the second moment, on top of what the first one made. */
function factsOf([before, after]: [Firm, Firm]): Facts {
  return loadFacts(after, beginWith(before).tables);
}

const runs = { numRuns: 400 };

test("R60: the same facts give the same outcome, and are left untouched", () => {
  fc.assert(
    fc.property(histories, (history) => {
      const facts = factsOf(history);
      const copy = structuredClone(facts);
      const first = derive(facts);
      expect(derive(facts)).toEqual(first);
      expect(facts).toEqual(copy);
    }),
    runs,
  );
});

test("D1, R60: shuffling every list MyCase sends changes nothing", () => {
  fc.assert(
    fc.property(histories, fc.infiniteStream(fc.nat()), (history, numbers) => {
      const facts = factsOf(history);
      expect(derive(shuffle(facts, numbers))).toEqual(derive(facts));
    }),
    runs,
  );
});

test("R13, R60: deriving again over its own result changes nothing", () => {
  fc.assert(
    fc.property(histories, ([before, after]) => {
      const saved = sync(beginWith(before), after);
      const again = loadFacts({ ...after, now: "2027-01-01T00:00:00Z" }, saved.tables);
      const changes = plan(again, derive(again));
      expect(changes.ledger).toEqual([]);
      expect(isEmpty(changes)).toBe(true);
      expect(changes.relinked).toEqual([]);
    }),
    runs,
  );
});

test("R60, R62: cases arriving one by one in any order give the tables of all at once", () => {
  fc.assert(
    fc.property(histories, fc.infiniteStream(fc.nat()), ([before, after], numbers) => {
      const known = beginWith(before);
      const atOnce = sync(known, after);
      const all = everything(after, known.tables);
      const arrivals: ((saved: Saved) => Saved)[] = [
        ...all.cases.map((id) => (saved: Saved) => sync(saved, after, aroundCase(after, saved.tables, id))),
        (saved) => sync(saved, after, { ...all, cases: [] }),
      ];
      const oneByOne = shuffled(arrivals, numbers).reduce((saved, arrive) => arrive(saved), known);
      expect(oneByOne.tables).toEqual(atOnce.tables);
    }),
    runs,
  );
});

test("R60: the ledger alone rebuilds the tables", () => {
  fc.assert(
    fc.property(histories, ([before, after]) => {
      const { tables, ledger } = sync(sync(start, before), after);
      expect(plainTables(replayLedger(ledger))).toEqual({
        project: rows(tables.projects),
        lead: rows(tables.leads),
        contact: rows(tables.contacts),
        project_contact: withoutCase(tables.contactLinks),
        team_member: rows(tables.members),
        project_team_member: withoutCase(tables.teamLinks),
      });
    }),
    runs,
  );
});

test("R64: the explanation predicts what derive makes", () => {
  fc.assert(
    fc.property(histories, (history) => {
      const facts = factsOf(history);
      const outcome = derive(facts);
      for (const made of outcome.cases) {
        const explained = explain(facts, made, { connected: true, readAt: null });
        const neverRead = facts.cases.some((one) => one.case_id === made.case_id && one.mirror === null);
        expect(predictBucket(explained.gates, neverRead)).toBe(made.bucket);
        if (made.bucket === "not_visible" || made.bucket === "failed" || made.bucket === "pending") continue;
        expect(isLive(made.project)).toBe(made.bucket === "project");
        if (made.bucket === "deleted") continue;
        const linked = explained.contacts.filter((one) => one.linked).map((one) => one.client_id);
        const leadContacts = made.lead?.contact_id == null ? [] : [made.lead.contact_id];
        expect(linked).toEqual(made.bucket === "lead" ? leadContacts : made.contacts.map((one) => one.client_id));
        const shown = explained.team.filter((one) => one.visible).map((one) => one.staff_id);
        const visible = new Set(outcome.team_members.filter((one) => one.visible).map((one) => one.staff_id));
        expect(shown).toEqual(made.team.map((one) => one.staff_id).filter((id) => visible.has(id)));
      }
    }),
    runs,
  );
});

test("R13: every row has its key once, and every link its row", () => {
  fc.assert(
    fc.property(histories, (history) => {
      const outcome = derive(factsOf(history));
      const contacts = outcome.contacts.map((row) => row.client_id);
      const members = outcome.team_members.map((row) => row.staff_id);
      expect(new Set(contacts).size).toBe(contacts.length);
      for (const made of outcome.cases) {
        expect(made.contacts.filter((link) => link.is_main).length).toBeLessThanOrEqual(1);
        for (const { client_id } of made.contacts) expect(contacts).toContain(client_id);
        for (const { staff_id } of made.team) expect(members).toContain(staff_id);
        if (made.project?.deleted_at === null && made.contacts.length > 0 && made.contacts.some((link) => link.is_main))
          expect(made.contacts.find((link) => link.is_main)?.client_id).toBe(made.project.main_contact_id);
      }
    }),
    runs,
  );
});

test("the generated firms reach every bucket, so that the properties above mean something", () => {
  const seen = new Map<Bucket, number>();
  for (const firm of fc.sample(firms, { numRuns: 300, seed: 7 }))
    for (const { bucket } of derive(loadFacts(firm, emptyTables())).cases)
      seen.set(bucket, (seen.get(bucket) ?? 0) + 1);
  const all: Bucket[] = ["project", "lead", "disabled", "type_unmapped", "failed", "pending", "deleted", "not_visible"];
  for (const bucket of all) expect(seen.get(bucket) ?? 0, bucket).toBeGreaterThan(10);
});

// Written from docs/domain.md, not from the code it checks.
function predictBucket(gates: readonly Gate[], neverRead: boolean): Bucket {
  const stop = gates.find((gate) => !gate.passed);
  const exists = gates.find((gate) => gate.gate === "exists");
  if (stop === exists && stop?.code === "case_not_visible") return "not_visible";
  if (stop === exists && stop?.code === "case_malformed") return "failed";
  if (stop === exists && stop !== undefined) return neverRead ? "pending" : "deleted";
  if (stop?.code === "no_mapping") return "pending";
  if (stop?.code === "disabled") return "disabled";
  if (gates.some((gate) => gate.code === "lead")) return "lead";
  return stop === undefined ? "project" : "type_unmapped";
}

function rows(table: ReadonlyMap<number | string, object>): Record<string, object> {
  return Object.fromEntries([...table].map(([id, row]) => [String(id), row]));
}

function withoutCase(table: ReadonlyMap<string, { case_id: number }>): Record<string, object> {
  return Object.fromEntries([...table].map(([id, { case_id: _, ...link }]) => [id, link]));
}

function plainTables(tables: ReturnType<typeof replayLedger>): Record<string, Record<string, object>> {
  const entities = ["project", "lead", "contact", "project_contact", "team_member", "project_team_member"] as const;
  return Object.fromEntries(entities.map((entity) => [entity, rows(tables.get(entity) ?? new Map())]));
}

function shuffled<T>(items: readonly T[], numbers: Iterator<number>): T[] {
  return items
    .map((item) => ({ item, at: numbers.next().value ?? 0 }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

function shuffle(facts: Facts, numbers: Iterator<number>): Facts {
  const mix = <T>(items: readonly T[]) => shuffled(items, numbers);
  return {
    ...facts,
    cases: mix(facts.cases).map((one) => ({
      ...one,
      previous: { ...one.previous, contacts: mix(one.previous.contacts), team: mix(one.previous.team) },
      mirror: one.mirror && {
        ...one.mirror,
        record: one.mirror.record && {
          ...one.mirror.record,
          clients: mix(one.mirror.record.clients),
          companies: mix(one.mirror.record.companies),
          staff: mix(one.mirror.record.staff),
          custom_field_values: mix(one.mirror.record.custom_field_values),
        },
      },
    })),
    clients: new Map(mix([...facts.clients])),
    staff: new Map(mix([...facts.staff])),
    leads: mix(facts.leads),
    config: {
      ...facts.config,
      customFields: new Map(
        mix([...facts.config.customFields]).map(([id, field]) => [
          id,
          { ...field, list_options: mix(field.list_options) },
        ]),
      ),
    },
  };
}
