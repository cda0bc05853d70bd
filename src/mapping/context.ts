import type { TeamMemberRow } from "../domain/rows.ts";
import type { Person } from "./derive/view-person.ts";
import type { CompiledMapping } from "./document/compile.ts";
import type { OrgConfig } from "./facts.ts";

/** What every step of one derivation shares. */
export interface Context {
  now: string;
  mapping: CompiledMapping;
  config: OrgConfig;
  /** The client as a candidate; a client without facts is unavailable. */
  person: (clientId: number) => Person;
  /** The row of a staff member once linked; null when there is neither a record nor a row to make it from. */
  member: (staffId: number) => TeamMemberRow | null;
}
