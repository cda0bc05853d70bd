import type { CompiledMapping } from "./compile.ts";
import type { FirmConfig, StaffFacts } from "./facts.ts";
import type { Person } from "./view-person.ts";

/** What every step of one derivation shares. */
export interface Context {
  now: string;
  mapping: CompiledMapping;
  config: FirmConfig;
  /** The client as a candidate; a client without facts is unavailable. */
  person: (clientId: number) => Person;
  staff: ReadonlyMap<number, StaffFacts>;
}
