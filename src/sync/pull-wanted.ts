import type { Failure } from "../domain/failure.ts";
import type { RecordModel } from "../domain/model.ts";
import type { Read } from "../domain/read.ts";
import type { MyCase } from "../mycase/client.ts";
import { inParallel } from "../platform/in-parallel.ts";
import { ok, type Result } from "../platform/result.ts";
import type { Asked } from "./recent-reads.ts";

/** A record to look at again. */
export interface Want extends Asked {
  model: RecordModel;
}

/** What came of reading: for each want the read that answers it, or why there is none. */
export type Pulled = Map<Want, Result<Read, Failure>>;

export const READS_AT_ONCE = 5; // a Worker may hold six connections open; one stays free for the database
const MANY = 5; // from so many of a kind on, a page of what changed lately is cheaper than a read for each
const PAGE_PER = 25; // a further page is asked for as long as it may save so many single reads
const LOOK_BACK_MS = 15_000; // MyCase's clock may be behind ours; what its page does not show is read by id

/** Reads each wanted record again: many of a kind by pages of what changed lately, what those do not show by id. */
export async function pullWanted(mycase: MyCase, wants: Want[]): Promise<Pulled> {
  const pulled: Pulled = new Map();
  for (const [model, events] of manyOfAKind(wants)) await pullPages(mycase, model, events, pulled);
  const rest = wants.filter((want) => !pulled.has(want));
  const answers = await inParallel(rest, READS_AT_ONCE, (want) => mycase.readRecord(want.model, want.id));
  rest.forEach((want, index) => {
    const answer = answers[index];
    if (answer) pulled.set(want, answer);
  });
  return pulled;
}

/** Wants that events asked for: only those have an hour from which to list. */
function manyOfAKind(wants: Want[]): Map<RecordModel, Want[]> {
  const byModel = new Map<RecordModel, Want[]>();
  for (const want of wants) {
    if (want.received_at === undefined) continue;
    byModel.set(want.model, [...(byModel.get(want.model) ?? []), want]);
  }
  return new Map([...byModel].filter(([, events]) => events.length >= MANY));
}

/** What pages fail to show, for whatever reason, is left for reads by id, which say why. */
async function pullPages(mycase: MyCase, model: RecordModel, events: Want[], pulled: Pulled): Promise<void> {
  const missing = new Map(events.map((want) => [want.id, want]));
  let at: Parameters<MyCase["readPage"]>[1] = { updatedAfter: lookBack(events) };
  for (let pages = 1; ; pages++) {
    const page = await mycase.readPage(model, at, new Set(missing.keys()));
    if (!page.ok) return;
    const read: Read = { ...page.value.read, shape: "record", gaps: [] }; // what it shows unusable is asked for by id
    for (const { id } of read.records) {
      const want = missing.get(id);
      if (want) pulled.set(want, ok(read));
      missing.delete(id);
    }
    if (page.value.next === null || missing.size <= pages * PAGE_PER) return;
    at = { next: page.value.next };
  }
}

function lookBack(events: Want[]): string {
  const first = Math.min(...events.map((want) => Date.parse(want.received_at ?? "")));
  return new Date(first - LOOK_BACK_MS).toISOString().replace(/\.\d{3}Z$/, "Z");
}
