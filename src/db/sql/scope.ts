/** Cases derived together; a person on more cases than this is done in several rounds. */
export const MAX_SCOPE_CASES = 1000;

/**
 * The cases of a scope. `?1` is the org, `?2` the scope as JSON: `{cases, clients, staff, leads, after}`. A changed person
 * concerns all their cases; a member of staff only those on whose team they are not yet.
 */
export const SCOPE = `WITH scope (case_id) AS MATERIALIZED (
    SELECT case_id FROM (
      SELECT j.value AS case_id FROM json_each(?2, '$.cases') j
      UNION
      SELECT e.case_id FROM json_each(?2, '$.clients') j
        CROSS JOIN mycase_case_people e ON e.org_id = ?1 AND e.kind = 'client' AND e.person_id = j.value
      UNION
      SELECT e.case_id FROM json_each(?2, '$.staff') j
        CROSS JOIN mycase_case_people e ON e.org_id = ?1 AND e.kind = 'staff' AND e.person_id = j.value
        CROSS JOIN projects p ON p.org_id = ?1 AND p.case_id = e.case_id
        WHERE NOT EXISTS (
          SELECT 1 FROM project_team_members t
          WHERE t.org_id = ?1 AND t.case_id = e.case_id AND t.staff_id = e.person_id
        )
    )
    WHERE case_id > (?2 ->> 'after') ORDER BY case_id LIMIT ${MAX_SCOPE_CASES}
  )`;

/** Everybody that a case in scope names or is linked to now, and the clients named in the scope itself. */
export const CLIENTS = `${SCOPE}, people (id) AS MATERIALIZED (
    SELECT j.value FROM json_each(?2, '$.clients') j
    UNION
    SELECT e.person_id FROM scope s
      CROSS JOIN mycase_case_people e ON e.org_id = ?1 AND e.case_id = s.case_id
      WHERE e.kind = 'client'
    UNION
    SELECT c.client_id FROM scope s
      CROSS JOIN project_contacts c ON c.org_id = ?1 AND c.case_id = s.case_id
    UNION
    SELECT l.contact_id FROM scope s
      CROSS JOIN leads l ON l.org_id = ?1 AND l.source = 'case' AND l.source_id = s.case_id
      WHERE l.contact_id IS NOT NULL
  )`;

/** The same for staff. */
export const STAFF = `${SCOPE}, people (id) AS MATERIALIZED (
    SELECT j.value FROM json_each(?2, '$.staff') j
    UNION
    SELECT e.person_id FROM scope s
      CROSS JOIN mycase_case_people e ON e.org_id = ?1 AND e.case_id = s.case_id
      WHERE e.kind = 'staff'
    UNION
    SELECT t.staff_id FROM scope s
      CROSS JOIN project_team_members t ON t.org_id = ?1 AND t.case_id = s.case_id
  )`;
