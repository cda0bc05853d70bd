import type { MappingStore } from "../../db/stores/mapping-store.ts";
import type { Failure } from "../../domain/failure.ts";
import type { Run } from "../../domain/run.ts";
import { checkDocument } from "../../mapping/document/check-document.ts";
import type { MappingDocument } from "../../mapping/document/schema.ts";
import { exceedsBlastGuard } from "../../mapping/preview/blast-guard.ts";
import { type DiffReport, reportDiff } from "../../mapping/preview/report-diff.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { currentConfig, parseMapping } from "../org-config.ts";
import { startConfirmed } from "../runs/start.ts";
import { dryRun, type MappingPreview, withMapping } from "./dry-run.ts";

export type MappingRefusal =
  | Failure
  | { kind: "stale_mapping" }
  | { kind: "invalid_mapping"; errors: { path: string; message: string }[] }
  | ({ kind: "blast_guard" } & Pick<DiffReport, "diff" | "samples">);

export interface ChangeOptions {
  confirm: boolean;
  /** The version that the change was made from; null when any will do. */
  expected: number | null;
}

export interface MappingChange extends MappingPreview {
  version: number;
  /** The run that applies it to everything pulled. */
  run: Run;
}

/** What a mapping would change, down to the single link; nothing is written. */
export async function previewMapping(
  context: SyncContext,
  org: string,
  document: MappingDocument,
): Promise<Result<MappingPreview, MappingRefusal>> {
  const dryRunResult = await validateAndDryRun(context, org, document);
  if (!dryRunResult.ok) return dryRunResult;
  const { diff, samples } = dryRunResult.value.report;
  return ok({ diff, samples });
}

/**
 * Stores a mapping as a new version and applies it to everything pulled, without asking MyCase (R25). One that would
 * harm more projects than the firm's blast guard allows is refused, unless it is confirmed.
 */
export async function changeMapping(
  context: SyncContext,
  mappings: MappingStore,
  org: string,
  document: MappingDocument,
  options: ChangeOptions & { restoredFrom?: number },
): Promise<Result<MappingChange, MappingRefusal>> {
  const current = options.expected === null ? null : await mappings.current(org);
  if (options.expected !== null && current?.version !== options.expected) return err({ kind: "stale_mapping" });
  const foreseen = await validateAndDryRun(context, org, document);
  if (!foreseen.ok) return foreseen;
  const { report, liveProjects } = foreseen.value;
  const { diff, samples } = report;
  if (!options.confirm && exceedsBlastGuard(report.impact, liveProjects, document.blast_guard)) {
    return err({ kind: "blast_guard", diff, samples });
  }
  const { expected, restoredFrom = null } = options;
  const next = { document: JSON.stringify(document), restoredFrom, expected };
  const version = await mappings.add(org, next, context.now());
  if (version === null) return err({ kind: "stale_mapping" });
  const started = await startConfirmed(context, org);
  return started.ok ? ok({ version, run: started.value, diff, samples }) : started;
}

/** Makes an earlier version the current one again, as a new version. Null when there is no such version. */
export async function restoreMapping(
  context: SyncContext,
  mappings: MappingStore,
  org: string,
  version: number,
  options: ChangeOptions,
): Promise<Result<MappingChange, MappingRefusal> | null> {
  const stored = await mappings.version(org, version);
  if (!stored) return null;
  const document = parseMapping(
    typeof stored.document === "string" ? stored.document : JSON.stringify(stored.document),
  );
  return changeMapping(context, mappings, org, document, { ...options, restoredFrom: version });
}

async function validateAndDryRun(
  context: SyncContext,
  org: string,
  document: MappingDocument,
): Promise<Result<{ report: DiffReport; liveProjects: number }, MappingRefusal>> {
  const dated = await currentConfig(context, org);
  if (!dated) return err({ kind: "not_found", detail: "Org not found" });
  const fieldsKnown = (await context.cursors.get(org, "custom_field")) !== null;
  const errors = checkDocument(document, dated.config.customFields, fieldsKnown);
  if (errors.length > 0) return err({ kind: "invalid_mapping", errors });
  const next = (dated.config.mapping?.version ?? 0) + 1;
  const { tally, liveProjects } = await dryRun(context, org, withMapping(dated.config, document, next));
  return ok({ report: reportDiff(tally), liveProjects });
}
