import type { TeamMemberRow } from "../domain/rows.ts";
import type { CompiledMapping } from "./compile.ts";
import type { FirmConfig } from "./facts.ts";
import type { Person } from "./view-person.ts";

/** What every step of one derivation shares. */
export interface Context {
  now: string;
  mapping: CompiledMapping;
  config: FirmConfig;
  /** The client as a candidate; a client without facts is unavailable. */
  person: (clientId: number) => Person;
  /** The row of a staff member once linked; null when there is neither a record nor a row to make it from. */
  member: (staffId: number) => TeamMemberRow | null;
}
