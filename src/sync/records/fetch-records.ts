import type { Read } from "../../domain/read.ts";
import type { RecordModel } from "../../domain/resources.ts";
import type { MyCase } from "../../mycase/client/client.ts";
import { ok } from "../../platform/result.ts";
import type { SyncContext } from "../context.ts";
import { type Fetched, fetchById } from "./fetch-by-id.ts";
import type { RecordRef } from "./record-ref.ts";

const PAGE_READ_THRESHOLD = 5; // from so many of a model on, a page of recent changes is cheaper than a read for each
const MIN_FOUND_PER_PAGE = 25; // a further page is worth a request while it may replace so many single reads
const LOOK_BACK_MS = 15_000; // MyCase's clock may be behind ours; what its page does not show is read by id

/** Reads each record again: many of a model by pages of recent changes, what those do not show by id. */
export async function fetchRecords(
  context: SyncContext,
  mycase: MyCase,
  { org, refs }: { org: string; refs: RecordRef[] },
): Promise<Fetched> {
  const fetched: Fetched = new Map();
  for (const [model, announced] of announcedInBulk(refs)) await fetchPages(mycase, model, announced, fetched);
  const remaining = refs.filter((ref) => !fetched.has(ref));
  for (const [ref, answer] of await fetchById(context, mycase, { org, refs: remaining })) fetched.set(ref, answer);
  return fetched;
}

/** The models with many events, which tell from when to list. */
function announcedInBulk(refs: RecordRef[]): Map<RecordModel, RecordRef[]> {
  const byModel = new Map<RecordModel, RecordRef[]>();
  for (const ref of refs) {
    if (ref.received_at === undefined) continue;
    byModel.set(ref.model, [...(byModel.get(ref.model) ?? []), ref]);
  }
  return new Map([...byModel].filter(([, announced]) => announced.length >= PAGE_READ_THRESHOLD));
}

/** What pages fail to show, for whatever reason, is left for reads by id, which say why. */
async function fetchPages(mycase: MyCase, model: RecordModel, announced: RecordRef[], fetched: Fetched): Promise<void> {
  const remaining = new Map(announced.map((ref) => [ref.id, ref]));
  let at: Parameters<MyCase["readPage"]>[1] = { updatedAfter: lookBack(announced) };
  for (let pages = 1; ; pages++) {
    const page = await mycase.readPage(model, at, new Set(remaining.keys()));
    if (!page.ok) return;
    const read: Read = { ...page.value.read, shape: "record", absent: [] }; // what it shows malformed is read by id
    for (const { id } of read.records) {
      const ref = remaining.get(id);
      if (ref) fetched.set(ref, ok(read));
      remaining.delete(id);
    }
    if (page.value.next === null || remaining.size <= pages * MIN_FOUND_PER_PAGE) return;
    at = { next: page.value.next };
  }
}

function lookBack(announced: RecordRef[]): string {
  const first = Math.min(...announced.map((ref) => Date.parse(ref.received_at ?? "")));
  return new Date(first - LOOK_BACK_MS).toISOString().replace(/\.\d{3}Z$/, "Z");
}
