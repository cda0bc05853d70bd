import type { SimulatorCore } from "../core.ts";
import type { AnyRecord, CollectionName } from "../records.ts";
import { ApiError } from "./errors.ts";
import { readFilters } from "./filters.ts";
import { readPageToken, writePageToken } from "./page-token.ts";
import { present, readSparse } from "./present.ts";

const DEFAULT_PAGE_SIZE = 25;
const LARGEST_PAGE_SIZE = 1000;

/** A listing: a bare array in order of id, `Item-Count` for all of it, and a `Link` to the next page unless it is the last. */
export function listRecords(core: SimulatorCore, collection: CollectionName, url: URL): Response {
  const { faults, firm } = core;
  const query = url.searchParams;
  const size = pageSize(query);
  const token = query.get("page_token");
  const after = token === null ? 0 : readPageToken(token, core.now(), core.faults.linkEpoch).after;
  const tests = readFilters(collection, query);
  const sparse = readSparse(query);
  const all = visible(core, collection).filter((record) => tests.every((test) => test(record)));
  const rest = all.filter((record) => record.id > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const headers = new Headers({ "item-count": String(all.length) });
  if (last && rest.length > size && !faults.truncateListings) {
    const next = new URL(url);
    next.searchParams.set(
      "page_token",
      writePageToken({ after: last.id, issuedAt: core.now(), epoch: core.faults.linkEpoch }),
    );
    headers.set("link", `<${next}>; rel="next"`);
  }
  const body = page.map((record) => present(collection, record, firm, sparse, faults));
  return Response.json(faults.shuffleArrays ? faults.shuffled(body) : body, { headers });
}

function pageSize(query: URLSearchParams): number {
  const text = query.get("page_size");
  if (text === null) return DEFAULT_PAGE_SIZE;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_PAGE_SIZE) return size;
  throw new ApiError(400, `page_size is not from 1 to ${LARGEST_PAGE_SIZE}`, { parameter: "page_size" });
}

/** What the authorized user may see; a user without the admin permission sees half of the cases. */
function visible(core: SimulatorCore, collection: CollectionName): AnyRecord[] {
  const records = core.ordered(collection);
  if (collection !== "cases") return records;
  const narrowed = core.faults.lostPermission === "narrowed";
  return records.filter(({ id }) => !core.faults.hiddenCases.has(id) && !(narrowed && id % 2 === 0));
}
