import type { Database } from "../database.ts";

export interface CountedText {
  value: string;
  count: number;
}

const GROUPS = `SELECT g.record ->> 'name' AS value, coalesce(n.count, 0) AS count FROM mycase_people_groups g
LEFT JOIN (
  SELECT record ->> '$.people_group.id' AS id, count(*) AS count FROM mycase_clients
  WHERE org_id = ?1 AND state = 'present' GROUP BY 1
) n ON n.id = g.id
WHERE g.org_id = ?1 AND g.state = 'present' AND value IS NOT NULL ORDER BY count DESC, value`;

const TITLES = `SELECT record ->> 'title' AS value, count(*) AS count FROM mycase_staff
WHERE org_id = ?1 AND state = 'present' AND trim(coalesce(record ->> 'title', '')) <> ''
GROUP BY 1 ORDER BY count DESC, value`;

/** The org's people groups and staff titles, each with how many people have it. */
export async function peopleValues(
  { d1 }: Database,
  org: string,
): Promise<{ groups: CountedText[]; titles: CountedText[] }> {
  const [groups, titles] = await d1.batch<CountedText>([GROUPS, TITLES].map((sql) => d1.prepare(sql).bind(org)));
  return { groups: groups?.results ?? [], titles: titles?.results ?? [] };
}
