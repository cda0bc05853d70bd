import { z } from "@hono/zod-openapi";
import { instant, nullableText } from "./common.ts";
import { overdueSchema } from "./health.ts";

const scopes = z.array(z.enum(["read", "sync", "admin"])).min(1);

export const newApiKeySchema = z.strictObject({ name: z.string().trim().min(1).max(100), scopes }).openapi("NewApiKey");

export const apiKeySchema = z
  .object({ id: z.string(), name: z.string(), scopes, created_at: instant, last_used_at: instant.nullable() })
  .openapi("ApiKey");

export const shownApiKeySchema = apiKeySchema
  .extend({ key: z.string().openapi({ description: "Shown this once; only its hash is kept." }) })
  .openapi("ShownApiKey");

const lastRun = z
  .object({ id: z.string(), state: z.string(), created_at: instant, finished_at: instant.nullable() })
  .nullable();

export const connectionSchema = z
  .object({
    state: z.enum([
      "not_connected",
      "connected",
      "refresh_failing",
      "reauthorization_required",
      "permission_lost",
      "mycase_unavailable",
    ]),
    since: instant.nullable(),
    cause: nullableText.openapi({ description: "Why it is not simply connected; stable, e.g. `refresh_answer_lost`" }),
    why: nullableText,
    firm_uuid: nullableText,
    scope: nullableText,
    connected_at: instant.nullable(),
    token_expires_at: instant.nullable(),
    refresh_expires_at: instant.nullable(),
    last_refresh_at: instant.nullable(),
    refreshes: z.int(),
    subscriptions: z.array(
      z.object({
        model: z.string(),
        id: z.string(),
        state: z.string(),
        signature: z
          .object({ header: z.string(), hash: z.string(), encoding: z.string(), prefix: z.string() })
          .nullable(),
        created_at: instant,
      }),
    ),
    last_webhook_at: instant.nullable(),
    last_poll: lastRun,
    last_nightly: lastRun,
    last_backfill: lastRun,
    overdue_runs: z
      .array(overdueSchema)
      .openapi({ description: "Runs that are missing; not those that wait for a decision or for the connection" }),
    counts: z.record(z.string(), z.int()).openapi({ description: "Requests to MyCase so far, and how they went" }),
    cases_visible: z.int().openapi({
      description:
        "Cases that MyCase last showed, and has not taken back by a 404 or 403; `why` tells when fewer are listed",
    }),
  })
  .openapi("Connection");
