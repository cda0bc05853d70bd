import type { SimulatorCore } from "../core.ts";
import type { AnyRecord, CollectionName } from "../records.ts";
import { ApiError } from "./errors.ts";
import { readFilters, type Test } from "./filters.ts";
import { readPageToken, writePageToken } from "./page-token.ts";
import { present, readSparse } from "./present.ts";
import { isNarrowed, isVisible } from "./visible.ts";

const DEFAULT_PAGE_SIZE = 25;
const LARGEST_PAGE_SIZE = 1000;

/** A listing: a bare array in order of id, `Item-Count` for all of it, and a `Link` to the next page unless it is the last. */
export function listRecords(core: SimulatorCore, collection: CollectionName, url: URL, only?: Test): Response {
  const { faults } = core;
  const query = url.searchParams;
  const size = Math.min(pageSize(query), faults.largestPage);
  const token = query.get("page_token");
  const after = token === null ? 0 : readPageToken(token, core.now(), faults.linkEpoch).after;
  const sparse = readSparse(collection, query);
  const all = matching(core, collection, query, only);
  const start = firstAfter(all, after);
  const page = all.slice(start, start + size);
  const headers = new Headers({ "item-count": String(all.length) });
  if (start + size < all.length && !faults.truncateListings) headers.set("link", linkAfter(core, url, page));
  const body = page.map((record) => present(core, collection, record, sparse));
  return Response.json(faults.shuffleArrays ? faults.shuffled(body) : body, { headers });
}

function pageSize(query: URLSearchParams): number {
  const text = query.get("page_size");
  if (text === null) return DEFAULT_PAGE_SIZE;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_PAGE_SIZE) return size;
  throw new ApiError(400, `page_size is not from 1 to ${LARGEST_PAGE_SIZE}`, { parameter: "page_size" });
}

function matching(core: SimulatorCore, collection: CollectionName, query: URLSearchParams, only?: Test): AnyRecord[] {
  const tests = readFilters(collection, query);
  if (only) tests.push(only);
  if (collection === "cases" && isNarrowed(core)) tests.push(({ id }) => isVisible(core, id));
  const records = core.ordered(collection);
  return tests.length === 0 ? records : records.filter((record) => tests.every((test) => test(record)));
}

/** Where the records with a higher id begin; by halves, for the list is in order. */
function firstAfter(records: AnyRecord[], id: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.id ?? 0) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ids, not positions: records that come and go in the meantime neither double nor hide others. */
function linkAfter(core: SimulatorCore, url: URL, page: AnyRecord[]): string {
  const doubled = core.faults.duplicateAcrossPages && page.length > 1;
  const after = page.at(doubled ? -2 : -1)?.id ?? 0;
  const next = new URL(url);
  const token = writePageToken({ after, issuedAt: core.now(), epoch: core.faults.linkEpoch });
  next.searchParams.set("page_token", token);
  return `<${next}>; rel="next"`;
}
