import { connectedGate } from "../derive/gates/connected.ts";
import type { CaseFacts, Facts } from "../facts.ts";
import type { Bucket, CaseOutcome, ContactDecision, Gate, GateCode, TeamDecision } from "../outcome.ts";
import { explainKind, type KindExplanation } from "./explain-kind.ts";
import { explainStaff, type StaffExplanation } from "./explain-staff.ts";

export interface ExplainOptions {
  /** Whether the firm has a working connection now. */
  connected: boolean;
  /** The person asked about (T5). */
  staffId?: number | undefined;
  /** When the mirror's case was read; null when it never was. */
  readAt: string | null;
}

type ContactExplanation = Omit<ContactDecision, "id"> &
  KindExplanation & { client_id: number | null; company_id: number | null; name: string | null };

type MemberExplanation = TeamDecision & { name: string | null };

/** Why a case is what it is here: the answer of `GET /explain/cases/{id}`. */
export interface Explanation {
  case_id: number;
  name: string | null;
  bucket: Bucket;
  code: GateCode;
  gates: Gate[];
  main_contact: CaseOutcome["main_contact"];
  contacts: ContactExplanation[];
  team: MemberExplanation[];
  /** Only when a person was asked about. */
  staff: StaffExplanation | null;
  warnings: CaseOutcome["warnings"];
  mapping_version: number | null;
  read_at: string | null;
}

/** Words the outcome of a case as an answer (R64). It decides nothing: the outcome it is given is what a sync makes. */
export function explain(facts: Facts, outcome: CaseOutcome, options: ExplainOptions): Explanation {
  const caseFacts = facts.cases.find((entry) => entry.case_id === outcome.case_id);
  const connected = connectedGate(options.connected);
  return {
    case_id: outcome.case_id,
    name: nameOfCase(caseFacts, outcome),
    bucket: outcome.bucket,
    code: connected.passed ? outcome.code : connected.code,
    gates: [connected, ...outcome.gates],
    main_contact: outcome.main_contact,
    contacts: outcome.contact_decisions.map((decision) => explainContactOf(facts, outcome, decision)),
    team: outcome.team_decisions.map((decision) => ({ ...decision, name: nameOfStaff(facts, decision.staff_id) })),
    staff:
      options.staffId === undefined
        ? null
        : explainStaff(options.staffId, outcome, caseFacts?.mirror?.record ?? null, (id) => nameOfStaff(facts, id)),
    warnings: outcome.warnings,
    mapping_version: facts.config.mapping?.version ?? null,
    read_at: options.readAt,
  };
}

function explainContactOf(facts: Facts, outcome: CaseOutcome, decision: ContactDecision): ContactExplanation {
  const { id, ...rest } = decision;
  if (decision.code === "company_contact_unsupported")
    return { client_id: null, company_id: id, name: null, ...rest, kind: null, kind_code: null, kind_fix: null };
  const client = facts.clients.get(id);
  const name = fullName(client?.mirror?.record ?? client?.previous ?? null);
  return {
    client_id: id,
    company_id: null,
    name,
    ...rest,
    ...explainKind(outcome, decision, client?.linksOutsideScope),
  };
}

function nameOfCase(caseFacts: CaseFacts | undefined, outcome: CaseOutcome): string | null {
  return outcome.project?.name ?? caseFacts?.mirror?.record?.name ?? null;
}

function nameOfStaff(facts: Facts, staffId: number): string | null {
  const member = facts.staff.get(staffId);
  return fullName(member?.mirror?.record ?? member?.previous ?? null);
}

function fullName(person: { first_name: string | null; last_name: string | null } | null): string | null {
  return [person?.first_name, person?.last_name].filter(Boolean).join(" ") || null;
}
