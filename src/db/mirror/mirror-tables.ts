import type { Model } from "../../domain/resources.ts";

/** The mirror table of each kind of record. */
export const MIRROR_TABLES: Record<Model, string> = {
  case: "mycase_cases",
  client: "mycase_clients",
  staff: "mycase_staff",
  lead: "mycase_leads",
  company: "mycase_companies",
  custom_field: "mycase_custom_fields",
  people_group: "mycase_people_groups",
  case_stage: "mycase_case_stages",
  practice_area: "mycase_practice_areas",
};
