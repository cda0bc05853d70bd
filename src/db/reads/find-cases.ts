import type { Database } from "../database.ts";

export interface FoundCase {
  id: number;
  name: string | null;
  case_number: string | null;
}

export interface FoundPerson {
  kind: "client" | "staff";
  id: number;
  name: string;
  cases: FoundCase[];
}

const MAX_FOUND = 20;
const CASE = "c.id, c.record ->> 'name' AS name, c.record ->> 'case_number' AS case_number";

/** Cases whose name or number contains `?2`, in any letter case. */
const CASES = `SELECT ${CASE} FROM mycase_cases c
WHERE c.org_id = ?1 AND instr(lower(coalesce(c.record ->> 'name', '') || ' ' || coalesce(c.record ->> 'case_number', '')), lower(?2)) > 0
ORDER BY c.id LIMIT ${MAX_FOUND}`;

/** The people of a kind whose name contains `?2`, each with the cases they are on. */
function peopleSql(kind: FoundPerson["kind"], table: string): string {
  return `SELECT p.id AS person, p.name AS person_name, ${CASE} FROM (
  SELECT id, trim(coalesce(record ->> 'first_name', '') || ' ' || coalesce(record ->> 'last_name', '')) AS name
  FROM ${table} WHERE org_id = ?1 AND instr(lower(coalesce(record ->> 'first_name', '') || ' ' || coalesce(record ->> 'last_name', '')), lower(?2)) > 0
  ORDER BY id LIMIT ${MAX_FOUND}) p
LEFT JOIN mycase_case_people l ON l.org_id = ?1 AND l.kind = '${kind}' AND l.person_id = p.id
LEFT JOIN mycase_cases c ON c.org_id = ?1 AND c.id = l.case_id
ORDER BY p.id, c.id LIMIT 200`;
}

type PersonRow = FoundCase & { person: number; person_name: string };

/** What a name or a part of it may mean: cases, and people with their cases. As mirrored; MyCase is not asked. */
export async function findByName(
  { d1 }: Database,
  org: string,
  text: string,
): Promise<{ cases: FoundCase[]; people: FoundPerson[] }> {
  const ask = (sql: string) => d1.prepare(sql).bind(org, text);
  const [cases, clients, staff] = await Promise.all([
    ask(CASES).all<FoundCase>(),
    ask(peopleSql("client", "mycase_clients")).all<PersonRow>(),
    ask(peopleSql("staff", "mycase_staff")).all<PersonRow>(),
  ]);
  return {
    cases: cases.results,
    people: [...peopleOf("client", clients.results), ...peopleOf("staff", staff.results)],
  };
}

function peopleOf(kind: FoundPerson["kind"], rows: PersonRow[]): FoundPerson[] {
  return [...Map.groupBy(rows, (row) => row.person)].map(([id, ofPerson]) => ({
    kind,
    id,
    name: ofPerson[0]?.person_name ?? "",
    cases: ofPerson.filter((row) => row.id !== null).map(({ id, name, case_number }) => ({ id, name, case_number })),
  }));
}
