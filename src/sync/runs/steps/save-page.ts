import type { LoadedFacts } from "../../../db/facts/typed-facts.ts";
import type { MissedWebhookProbe } from "../../../db/mirror/missed-webhooks.ts";
import type { Failure } from "../../../domain/failure.ts";
import type { RecordMessage } from "../../../domain/queue-message.ts";
import { idsOf, type Read } from "../../../domain/read.ts";
import { hasWebhooks, isListModel } from "../../../domain/resources.ts";
import type { Run } from "../../../domain/run.ts";
import { type DerivationScope, emptyScope, scopeOf } from "../../../domain/scope.ts";
import type { MyCase, Page } from "../../../mycase/client/client.ts";
import { err, ok, type Result } from "../../../platform/result.ts";
import type { SyncContext } from "../../context.ts";
import { deriveAndCommit } from "../../derive-and-commit.ts";
import type { MappingPreview } from "../../mapping/change-mapping.ts";
import { fetchPeople } from "../../records/fetch-people.ts";
import type { RunCursor } from "../cursor.ts";
import type { ListStage } from "../stages.ts";
import { countOf } from "./after-page.ts";
import { evaluatePageGuard } from "./guard-step.ts";

const DELIVERY_GRACE_MS = 30 * 1000; // the event of a change this fresh may be on its way, and is not called missed

/** What came of a page: saved; overtaken by a later listing, so that it must be read again; or what it would do, to be asked first. */
export interface PageOutcome {
  verdict: "saved" | "overtaken" | MappingPreview;
  counts: Record<string, number>;
  rowsWritten: number;
}

/** Keeps the page in the mirror, and saves what derives from it; one that shows nothing costs nothing. */
export async function savePage(
  context: SyncContext,
  mycase: MyCase,
  run: Run,
  cursor: RunCursor,
  stage: ListStage,
  page: Page,
): Promise<Result<PageOutcome, Failure>> {
  const { org } = run;
  const scope = stage.derive ? scopeOf(stage.model, idsOf(page.read)) : emptyScope;
  const probe = missedWebhookProbe(run, stage, page);
  const counted = (changed: number, missed: number) => ({ changed, ...(probe ? { missed_by_webhooks: missed } : {}) });
  if (countOf(page) === 0) return ok({ verdict: "saved", counts: counted(0, 0), rowsWritten: 0 });
  const { stale, loaded, rowsWritten, missed } = await context.store.saveReads(org, [page.read], { scope, probe });
  await deadLetterMalformed(context, run, page.read);
  if (stale.length > 0) return ok({ verdict: "overtaken", counts: {}, rowsWritten });
  const held = stage.derive && !cursor.approved ? await evaluatePageGuard(context, run, loaded) : null;
  if (held) return ok({ verdict: held, counts: {}, rowsWritten });
  const settled = await derived(context, mycase, run, stage, scope, loaded);
  if (!settled.ok) return settled;

  const listed = isListModel(stage.model) ? [] : page.read.records.map((record) => record.id);
  if (listed.length > 0) await context.deadLetters.resolveFor(org, stage.model, listed, run.kind, context.now());
  const counts = counted(settled.value.changes.length, missed);
  return ok({ verdict: "saved", counts, rowsWritten: rowsWritten + settled.value.rowsWritten });
}

/** What has not the documented form is kept for an operator, like a record of which a webhook told (T2). */
async function deadLetterMalformed(context: SyncContext, run: Run, { model, absent: gaps }: Read): Promise<void> {
  const unusable = gaps.filter((gap) => gap.state === "malformed");
  if (unusable.length === 0 || isListModel(model)) return;
  const jobs = unusable.map(
    ({ id }): RecordMessage => ({
      kind: "record",
      org: run.org,
      model,
      id,
      trigger: run.kind,
      action: null,
      job: run.id,
    }),
  );
  await context.deadLetters.addRecords(run.org, jobs, MALFORMED, context.now());
}

const MALFORMED = { code: "malformed", detail: "A listing showed the record in a form that is not the documented one" };

/** Derives what the page is about; people whom its cases name and the listings did not show are read one by one. */
async function derived(
  context: SyncContext,
  mycase: MyCase,
  run: Run,
  stage: ListStage,
  scope: DerivationScope,
  loaded: LoadedFacts,
) {
  if (!stage.derive) return ok({ changes: [], cases: [], rowsWritten: 0 });
  const people = await fetchPeople(context, mycase, {
    org: run.org,
    loaded,
    scope,
    cause: { trigger: run.kind, job: run.id },
  });
  if (!people.ok) return people;
  const cause = { trigger: run.kind, job: run.id };
  const settled = await deriveAndCommit(context, { org: run.org, scope, cause, loaded: people.value.loaded });
  if (people.value.failure) return err(people.value.failure);
  if (!settled.ok) return settled;
  return ok({ ...settled.value, rowsWritten: settled.value.rowsWritten + people.value.rowsWritten });
}

/** Polls and nightlies look over the shoulder of the webhooks, for the kinds that have any. */
function missedWebhookProbe(run: Run, stage: ListStage, page: Page): MissedWebhookProbe | null {
  if (run.kind !== "poll" && run.kind !== "nightly") return null;
  if (!hasWebhooks(stage.model)) return null;
  const heardFrom = new Date(Date.parse(page.servedAt) - DELIVERY_GRACE_MS).toISOString();
  return { foundBy: run.kind, servedAt: page.servedAt, heardFrom };
}
