import type { LoadedFacts } from "../../../db/facts/typed-facts.ts";
import type { MissedWebhookProbe } from "../../../db/mirror/missed-webhooks.ts";
import type { Failure } from "../../../domain/failure.ts";
import type { RecordMessage } from "../../../domain/queue-message.ts";
import { idsOf } from "../../../domain/read.ts";
import { hasWebhooks, isRecordModel } from "../../../domain/resources.ts";
import { RUN_KINDS } from "../../../domain/run-kinds.ts";
import { type DerivationScope, emptyScope, scopeOf } from "../../../domain/scope.ts";
import { type Page, pageSize } from "../../../mycase/client/client.ts";
import { err, ok, type Result } from "../../../platform/result.ts";
import { deriveAndCommit } from "../../derive-and-commit.ts";
import type { Guard } from "../../derive-guarded.ts";
import { fetchPeople } from "../../records/fetch-people.ts";
import type { StepInput } from "../step.ts";

const DELIVERY_GRACE_MS = 30 * 1000; // the event of a change this fresh may be on its way, and is not called missed

/** What came of a page: saved; or overtaken by a later listing, so that it must be read again. */
type PageOutcome = { rowsWritten: number } & (
  | { kind: "saved"; counts: Record<string, number> }
  | { kind: "overtaken" }
);

/** Saves the page in the mirror, and what derives from it; an empty one costs nothing. */
export async function savePage(
  input: StepInput<"list">,
  page: Page,
  guard: Guard | null,
): Promise<Result<PageOutcome, Failure>> {
  const { context, run, stage } = input;
  const { org } = run;
  const scope = stage.derive ? scopeOf(stage.model, idsOf(page.read)) : emptyScope;
  const probe = missedWebhookProbe(input, page);
  const counts = (changed: number, missed: number) => ({ changed, ...(probe ? { missed_by_webhooks: missed } : {}) });
  if (pageSize(page) === 0) return ok({ kind: "saved", counts: counts(0, 0), rowsWritten: 0 });
  const { stale, loaded, rowsWritten, missed } = await context.store.saveReads(org, [page.read], { scope, probe });
  await deadLetterMalformed(input, page);
  if (stale.length > 0) return ok({ kind: "overtaken", rowsWritten });
  const derived = stage.derive ? await derivePage(input, { scope, loaded, guard }) : ok({ changed: 0, rowsWritten: 0 });
  if (!derived.ok) return derived;
  if (isRecordModel(stage.model) && page.read.records.length > 0) {
    const shown = page.read.records.map(({ id }) => id);
    await context.deadLetters.resolveFor(org, stage.model, shown, run.kind, context.now());
  }
  const { changed, rowsWritten: derivedRows } = derived.value;
  return ok({ kind: "saved", counts: counts(changed, missed), rowsWritten: rowsWritten + derivedRows });
}

/** Derives what the page is about; people whom its cases name and the listings did not show are read one by one. */
async function derivePage(
  { context, run: { org, kind, id }, mycase }: StepInput<"list">,
  { scope, loaded, guard }: { scope: DerivationScope; loaded: LoadedFacts; guard: Guard | null },
): Promise<Result<{ changed: number; rowsWritten: number }, Failure>> {
  const cause = { trigger: kind, job: id };
  const people = await fetchPeople(context, mycase, { org, loaded, scope, cause });
  if (!people.ok) return people;
  const derivation = { org, scope, cause, loaded: people.value.loaded };
  const committed = await deriveAndCommit(context, guard ? { ...derivation, guard } : derivation);
  if (people.value.failure) return err(people.value.failure);
  if (!committed.ok) return committed;
  const rowsWritten = committed.value.rowsWritten + people.value.rowsWritten;
  return ok({ changed: committed.value.changes.length, rowsWritten });
}

/** A record without the documented form is a dead letter, as when a webhook names it (T2). */
async function deadLetterMalformed({ context, run }: StepInput<"list">, { read }: Page): Promise<void> {
  const { model } = read;
  const unusable = read.absent.filter(({ state }) => state === "malformed");
  if (unusable.length === 0 || !isRecordModel(model)) return;
  const message = { kind: "record", org: run.org, model, trigger: run.kind, action: null, job: run.id } as const;
  const messages: RecordMessage[] = unusable.map(({ id }) => ({ ...message, id }));
  await context.deadLetters.addRecords(run.org, messages, MALFORMED, context.now());
}

const MALFORMED = {
  code: "malformed",
  detail: "A listing showed the record in a form that is not the documented one, or larger than 1.9 MB",
};

/** Counts the changes that no webhook announced, for the kinds of record that have any. */
function missedWebhookProbe({ run, stage }: StepInput<"list">, { servedAt }: Page): MissedWebhookProbe | null {
  if (!RUN_KINDS[run.kind].countsMissedWebhooks || !hasWebhooks(stage.model)) return null;
  const heardFrom = new Date(Date.parse(servedAt) - DELIVERY_GRACE_MS).toISOString();
  return { foundBy: run.kind === "nightly" ? "nightly" : "poll", servedAt, heardFrom };
}
