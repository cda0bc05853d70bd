import type { Context } from "../context.ts";
import type { CaseFacts } from "../facts.ts";
import type { Bucket, CaseOutcome, Gate } from "../outcome.ts";
import { byId } from "../values.ts";
import { endLead } from "./derive-lead.ts";

/** A case that cannot be derived now: its rows stay as last known, and end when MyCase deleted it (D5). */
export function keepCase(context: Pick<Context, "now">, facts: CaseFacts, gates: Gate[]): CaseOutcome {
  const { case_id, mirror, previous } = facts;
  const { project, lead } = previous;
  const deleted = mirror?.state === "deleted";
  const gone = mirror?.deleted_at ?? project?.deleted_at ?? context.now;
  return {
    case_id,
    bucket: bucketOf(facts),
    code: gates.find((gate) => !gate.passed)?.code ?? "ok",
    gates,
    warnings: [],
    project: deleted && project !== null ? { ...project, deleted_at: gone } : project,
    contacts: byId(previous.contacts, (link) => link.client_id),
    team: byId(previous.team, (link) => link.staff_id),
    lead: deleted ? endLead(lead, gone) : lead,
    main_contact: {
      client_id: project?.main_contact_id ?? lead?.contact_id ?? null,
      reason: project?.main_contact_reason ?? "no_contacts",
    },
    contact_decisions: [],
    team_decisions: [],
  };
}

function bucketOf({ mirror }: CaseFacts): Bucket {
  if (mirror === null) return "pending";
  if (mirror.state === "deleted" || mirror.state === "not_visible") return mirror.state;
  return mirror.state === "malformed" || mirror.state === "unreadable" || mirror.record === null ? "failed" : "pending";
}
