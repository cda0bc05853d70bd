/**
 * Undoes its batch when an input of the commit has changed since it was read. `?1` is the org, `?2` the ids of the inputs
 * as JSON, `?3` the org's revision at the read, `?4` and `?5` the version of its configuration. Every write stamps its row with
 * the revision, so an input is unchanged if its stamp is not later than the read.
 */
export const COMMIT_GUARD = `INSERT INTO commit_guard (ok)
  SELECT 0
  WHERE NOT EXISTS (
      SELECT 1 FROM orgs WHERE id = ?1 AND config_version = ?4 AND epoch IS ?5 AND purging_at IS NULL
    )
    OR ${later("mycase_cases", "id", "cases")}
    OR ${later("held_cases", "case_id", "cases")}
    OR ${later("projects", "case_id", "cases")}
    OR ${later("leads", "source_id", "cases", "AND t.source = 'case'")}
    OR ${later("mycase_clients", "id", "clients")}
    OR ${later("contacts", "client_id", "clients")}
    OR ${later("mycase_staff", "id", "staff")}
    OR ${later("team_members", "staff_id", "staff")}
    OR ${later("mycase_leads", "id", "leads")}
    OR ${later("leads", "source_id", "leads", "AND t.source = 'lead'")}`;

function later(table: string, key: string, ids: string, source = ""): string {
  return `EXISTS (
      SELECT 1 FROM json_each(?2, '$.${ids}') j
        CROSS JOIN ${table} t ON t.org_id = ?1 ${source} AND t.${key} = j.value
      WHERE t.version > ?3
    )`;
}
