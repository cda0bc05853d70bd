import { REVISION } from "../org-clock.ts";

/** Holds the cases in `?2` (JSON) of the org `?1` for the run `?3`; one that another run held is this run's then. */
export const HOLD_CASES = `INSERT INTO held_cases (org_id, case_id, run_id, impacts, version)
  SELECT ?1, r.value ->> '$.case_id', ?3, r.value -> '$.impacts', ${REVISION} FROM json_each(?2) r WHERE true
  ON CONFLICT (org_id, case_id) DO UPDATE
    SET run_id = excluded.run_id, impacts = excluded.impacts, version = excluded.version`;

export const RELEASE_CASES = `DELETE FROM held_cases
  WHERE org_id = ?1 AND case_id IN (SELECT value FROM json_each(?2))`;
