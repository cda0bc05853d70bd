import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import {
  type ChangeFilter,
  type ChangePage,
  type CursorRefusal,
  lastSeq,
  listChanges,
} from "../../db/reads/changes.ts";
import { eventStream } from "../../feed/event-stream.ts";
import { type FeedSource, type Pace, waitForChanges } from "../../feed/follow-feed.ts";
import type { AppEnv } from "../app-env.ts";
import { defineRoute, problemAnswer, z } from "../define-route.ts";
import { invalidCursor } from "../page-cursor.ts";
import { Problem } from "../problems/problem.ts";
import { idParam, numberQuery, orgParam, pageQuery, textQuery } from "../schemas/request.ts";
import { changePageSchema } from "../schemas/work.ts";

const waitQuery = z.coerce
  .number()
  .int()
  .min(0)
  .max(25)
  .default(0)
  .openapi({ type: "integer", description: "Seconds to wait for something new, up to 25" });

const feedQuery = pageQuery.extend({
  after: numberQuery("`seq` of the last entry that was read; the same as `cursor`", 0),
  wait: waitQuery,
  entity: textQuery("Only this kind of row", "project"),
});

const responses = {
  200: {
    description:
      "Entries after the cursor; applied in order they rebuild the tables. As `text/event-stream`: each entry an event `change` with its `seq` as id.",
    content: {
      "application/json": { schema: changePageSchema },
      "text/event-stream": { schema: z.string() },
    },
  },
  400: problemAnswer("Unreadable query, or `cursor_from_the_future`"),
  410: problemAnswer(
    "`cursor_too_old`: entries after it are gone; `lowest` is the lowest cursor that can be read from",
  ),
};

const DESCRIPTION =
  "`seq` rises by one within the org. `next_cursor` is given on every page, `up_to_date` says whether there is more. " +
  "With `wait` an empty page is answered as soon as there is something. With `Accept: text/event-stream` the entries are " +
  "streamed; `Last-Event-ID` is honoured, and the server closes the stream after 45 seconds.";

export function registerChangeRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}/changes",
        operationId: "listChanges",
        tags: ["Changes"],
        summary: "Read the field ledger as a feed, oldest first",
        description: DESCRIPTION,
        request: {
          params: orgParam,
          query: feedQuery.extend({
            entity_id: textQuery("Only the row with this id", "20000001"),
            case_id: numberQuery("Only what belongs to this case: the project, its links, its lead"),
          }),
        },
      },
      responses,
    ),
    async (c) => {
      const { limit, cursor, after, wait, ...filter } = c.req.valid("query");
      return answerFeed(c, filter, { limit, wait, after: startOf(c, cursor, after) });
    },
  );

  app.openapi(
    defineRoute(
      "read",
      {
        method: "get",
        path: "/v1/orgs/{org}/projects/{case_id}/changes",
        operationId: "listProjectChanges",
        tags: ["Changes"],
        summary: "Read what changed of one project, its contacts and its team",
        description: DESCRIPTION,
        request: { params: idParam("case_id", "MyCase's id of the case"), query: feedQuery },
      },
      responses,
    ),
    async (c) => {
      const { limit, cursor, after, wait, entity } = c.req.valid("query");
      const filter = { entity, case_id: c.req.valid("param").case_id };
      return answerFeed(c, filter, { limit, wait, after: startOf(c, cursor, after) });
    },
  );
}

type Feed = { limit: number; wait: number; after: number };

async function answerFeed(c: Context<AppEnv>, filter: ChangeFilter, { limit, wait, after }: Feed) {
  const { db } = c.var.services;
  const org = String(c.req.param("org"));
  const source: FeedSource = {
    read: (from) => listChanges(db, org, filter, { after: from, limit }),
    last: () => lastSeq(db, org),
  };
  const first = await source.read(after);
  if (!first.ok) throw refusal(first.failure);
  c.header("cache-control", "private, no-store");
  if (wantsStream(c)) {
    return c.body(eventStream(source, first.value, PACE), 200, { "content-type": "text/event-stream" });
  }
  const page: ChangePage = await waitForChanges(source, first.value, PACE, wait * 1000);
  return c.json(page, 200);
}

const PACE: Pace = { now: () => Date.now(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };

function wantsStream(c: Context): boolean {
  return c.req.header("accept")?.includes("text/event-stream") ?? false;
}

/** Where to read from: what a broken stream has shown last comes before what the address says. */
function startOf(c: Context, cursor: string | undefined, after = 0): number {
  const lastEvent = wantsStream(c) ? c.req.header("last-event-id") : undefined;
  const text = lastEvent ?? cursor ?? String(after);
  const from = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(from)) throw invalidCursor();
  return from;
}

function refusal(failure: CursorRefusal): Problem {
  switch (failure.code) {
    case "cursor_too_old":
      return new Problem(
        410,
        failure.code,
        "Entries after this cursor are gone; read a snapshot and go on from its cursor.",
        {
          lowest: failure.lowest,
        },
      );
    case "cursor_from_the_future":
      return new Problem(400, failure.code, "The ledger has not come as far as this cursor.", {
        highest: failure.highest,
      });
  }
}
