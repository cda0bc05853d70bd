import { z } from "@hono/zod-openapi";
import { countsSchema, overdueSchema } from "./health.ts";
import { instant, int, nullableInstant, nullableText, oneOf, text } from "./values.ts";

const CONNECTION_STATES = [
  "not_connected",
  "connected",
  "refresh_failing",
  "reauthorization_required",
  "permission_lost",
  "mycase_unavailable",
] as const;

export const authorizeSchema = z
  .object({ authorize_url: text("Open it in a browser to grant access; expires in 10 minutes, single use") })
  .openapi("Authorization");

export const beginConnectionSchema = z
  .strictObject({
    replace_firm: z.boolean().optional().openapi({
      description: "Connect a different MyCase firm; admin key only",
    }),
  })
  .openapi("BeginConnection");

function lastRun(description: string) {
  return z
    .object({
      id: text("Id of the run"),
      state: text("State of the run"),
      created_at: instant("When it was created"),
      finished_at: nullableInstant("When it ended; null while it has not"),
    })
    .nullable()
    .openapi({ description });
}

const subscription = z.object({
  model: text("The kind of record it is for"),
  id: text("MyCase's id of the subscription"),
  state: text(
    "`active`, `retiring` while a replaced one is still accepted, or `to_cancel` until MyCase confirms the cancellation",
  ),
  signature: z
    .object({
      header: text("Header that carries the signature"),
      hash: text("Hash of the HMAC"),
      encoding: text("Encoding of the HMAC"),
      prefix: text("Prefix of the signature; usually empty"),
    })
    .nullable()
    .openapi({ description: "How its deliveries are signed; null until a signature has been seen" }),
  created_at: instant("When it was created"),
});

export const connectionSchema = z
  .object({
    state: oneOf(CONNECTION_STATES, "State of the connection"),
    since: nullableInstant("Since when it is in this state"),
    cause: nullableText("Cause of the state; stable, e.g. `refresh_answer_lost`"),
    why: nullableText("The same, in words"),
    firm: z
      .object({
        uuid: text("MyCase's id of the firm"),
        name: nullableText("Its name when access was granted"),
      })
      .nullable()
      .openapi({ description: "The firm that was connected last; remembered beyond a disconnect" }),
    firm_uuid: nullableText("MyCase's id of the firm that granted access; null without a connection"),
    scope: nullableText("The OAuth scope that was granted"),
    connected_at: nullableInstant("When access was granted"),
    token_expires_at: nullableInstant("When the access token expires"),
    refresh_expires_at: nullableInstant("When the refresh token expires"),
    last_refresh_at: nullableInstant("When the tokens were last refreshed"),
    refreshes: int("Refreshes since access was granted"),
    subscriptions: z.array(subscription).openapi({ description: "Webhook subscriptions at MyCase" }),
    last_webhook_at: nullableInstant("When the last webhook was received"),
    last_poll: lastRun("The last poll"),
    last_nightly: lastRun("The last nightly sync"),
    last_backfill: lastRun("The last full import"),
    overdue_runs: z.array(overdueSchema).openapi({
      description: "Runs that are missing; not those that wait for a decision or for the connection",
    }),
    counts: countsSchema,
    cases_visible: int(
      "Cases that MyCase returned last and has not answered with 404 or 403 since; `why` says when fewer are listed",
    ),
  })
  .openapi("Connection");
