import type { ProjectRow } from "../../domain/rows.ts";
import type { CaseRecord } from "../../mycase/wire/case.ts";
import type { Context } from "../context.ts";
import type { CaseFacts } from "../facts.ts";
import type { Bucket, CaseOutcome, Gate, GateCode } from "../outcome.ts";
import { warnAboutCase } from "./case-warnings.ts";
import type { LinkPurpose } from "./choose-main-contact.ts";
import { decideContacts } from "./decide-contacts.ts";
import { decideTeam } from "./decide-team.ts";
import { deriveLeadFromCase, endLead } from "./derive-lead.ts";
import { deriveProject, type ProjectStatus } from "./derive-project.ts";
import { enabledGate } from "./gates/enabled.ts";
import { existsGate } from "./gates/exists.ts";
import { leadRuleGate } from "./gates/lead-rule.ts";
import { phaseGate } from "./gates/phase.ts";
import { projectTypeGate } from "./gates/project-type.ts";
import type { Reading } from "./gates/read-mapped-field.ts";
import { keepCase } from "./keep-case.ts";
import { readCustomFields } from "./read-field.ts";

/** What one case becomes, gate by gate, with the reasons (R13-R25, D1-D8). */
export function deriveCase(context: Context, facts: CaseFacts): CaseOutcome {
  const exists = existsGate(facts);
  const record = facts.mirror?.record ?? null;
  return !exists.passed || record === null
    ? keepCase(context, facts, [exists])
    : deriveUsableCase(context, facts, record, exists);
}

function deriveUsableCase(context: Context, facts: CaseFacts, record: CaseRecord, exists: Gate): CaseOutcome {
  const { case_id, previous } = facts;
  const custom = readCustomFields(record, context.config.customFields);
  const results = judge({ context, record, custom }, previous.project);
  const { bucket, code, isLead } = results;
  const keepsProject = bucket === "project" || previous.project !== null;
  const purpose = purposeOf(bucket, keepsProject && !isLead);
  const pinned = previous.project?.pinned_contact_id ?? null;
  const { main, links, decisions, people } = decideContacts(context, record, pinned, purpose);
  const team = decideTeam(context, record, purpose === "project");
  return {
    case_id,
    bucket,
    code,
    gates: [exists, ...results.gates],
    warnings: warnAboutCase({ record, custom, phaseGate: results.phaseGate, pinned, people }),
    project: keepsProject ? deriveProject(case_id, record, custom, { ...results, main }, previous.project) : null,
    contacts: links,
    team: team.links,
    lead: bucket === "lead" ? deriveLeadFromCase(context, case_id, record, main) : endLead(previous.lead, context.now),
    main_contact: main,
    contact_decisions: decisions,
    team_decisions: team.decisions,
  };
}

interface Judgement extends Omit<ProjectStatus, "main"> {
  gates: Gate[];
  phaseGate: Gate | null;
  bucket: Bucket;
  code: GateCode;
}

// Type and phase are looked up for leads and disabled cases too: a former project's row goes on showing them.
function judge(reading: Reading, previous: ProjectRow | null): Judgement {
  const enabled = enabledGate(reading);
  const lead = leadRuleGate(reading);
  const isLead = enabled.passed && lead.code === "lead"; // by the first gate that stops it: disabled beats lead
  const { gate: typeGate, type } = projectTypeGate(reading);
  const phase = type === null ? null : phaseGate(reading, type, previous);
  const gates = [enabled, lead];
  if (!isLead) gates.push(typeGate);
  if (!isLead && phase !== null) gates.push(phase.gate);
  return {
    gates,
    phaseGate: isLead ? null : (phase?.gate ?? null),
    enabled: enabled.passed,
    isLead,
    place: type === null ? null : { project_type: type.key, phase: phase?.phase ?? null },
    ...decideBucket(enabled, isLead, typeGate),
  };
}

// By the first gate that stops the case: disabled beats lead, lead beats an unmapped type.
function decideBucket(enabled: Gate, isLead: boolean, type: Gate): { bucket: Bucket; code: GateCode } {
  if (!enabled.passed) return { bucket: "disabled", code: enabled.code };
  if (isLead) return { bucket: "lead", code: "lead" };
  return type.passed ? { bucket: "project", code: "ok" } : { bucket: "type_unmapped", code: type.code };
}

function purposeOf(bucket: Bucket, isOrWasProject: boolean): LinkPurpose {
  if (bucket === "lead") return "lead";
  return isOrWasProject ? "project" : "none";
}
