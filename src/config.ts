import { z } from "zod";
import type { Env } from "./env.ts";
import { fromBase64 } from "./platform/encoding.ts";
import { err, ok, type Result } from "./platform/result.ts";

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .transform((url) => url.replace(/\/+$/, ""));

const secretText = z.string({ error: "is missing" }).min(1, "is empty");

const encryptionKey = secretText.transform((text, ctx) => keyBytes(text, ctx));

const encryptionKeys = z
  .string()
  .default("")
  .transform((text, ctx) => {
    const keys = text.split(",").filter((key) => key.trim() !== "");
    return keys.map((key) => keyBytes(key, ctx));
  });

function keyBytes(text: string, ctx: z.RefinementCtx): Uint8Array<ArrayBuffer> {
  try {
    const bytes = fromBase64(text.trim());
    if (bytes.length === 32) return bytes;
    ctx.addIssue({ code: "custom", message: `must be base64 of 32 bytes, is of ${bytes.length}` });
  } catch (error) {
    ctx.addIssue({ code: "custom", message: `must be base64 of 32 bytes: ${(error as Error).name}` });
  }
  return z.NEVER;
}

const binding = (kind: string) =>
  z.custom<object>((value) => typeof value === "object" && value !== null, `${kind} binding is missing`);

const requestsPerSecond = z.coerce
  .number({ error: "must be a number" })
  .min(0.1, "must be at least 0.1")
  .max(1000, "must be at most 1000");

const variables = z.object({
  DB: binding("the D1"),
  LIVE_QUEUE: binding("the queue"),
  BULK_QUEUE: binding("the queue"),
  DEAD_QUEUE: binding("the queue"),
  MYCASE_CONNECTION: binding("the Durable Object"),
  OVERALL_RATE_LIMITER: binding("the Durable Object").optional(),
  MYCASE_API_URL: httpUrl.default("https://external-integrations.mycase.com/v1"),
  MYCASE_AUTH_URL: httpUrl.default("https://auth.mycase.com"),
  MYCASE_REQUESTS_PER_SECOND: requestsPerSecond.default(20),
  MYCASE_REQUESTS_PER_SECOND_OVERALL: requestsPerSecond.optional(),
  PUBLIC_URL: httpUrl.optional(),
  MYCASE_CLIENT_ID: secretText,
  MYCASE_CLIENT_SECRET: secretText,
  ADMIN_API_KEY: secretText,
  ENCRYPTION_KEY: encryptionKey,
  ENCRYPTION_KEY_PREVIOUS: encryptionKeys,
});

export interface Config {
  mycaseApiUrl: string;
  mycaseAuthUrl: string;
  mycaseRequestsPerSecond: number;
  /** Over all orgs together; null: the pace is kept for each org alone. */
  mycaseRequestsPerSecondOverall: number | null;
  /** Null: the origin of the request at hand. */
  publicUrl: string | null;
  mycaseClientId: string;
  mycaseClientSecret: string;
  adminApiKey: string;
  encryptionKey: Uint8Array<ArrayBuffer>;
  /** Retired keys: what they sealed can still be opened. */
  previousEncryptionKeys: Uint8Array<ArrayBuffer>[];
}

export interface ConfigProblem {
  name: string;
  message: string;
}

/** Reads the whole environment once; the only reader of `env`. Each problem names its variable and never its value. */
export function readConfig(env: Env): Result<Config, ConfigProblem[]> {
  const parsed = variables.safeParse(withoutEmpty(env));
  if (!parsed.success) {
    return err(parsed.error.issues.map((issue) => ({ name: String(issue.path[0]), message: issue.message })));
  }
  const v = parsed.data;
  if (v.MYCASE_REQUESTS_PER_SECOND_OVERALL !== undefined && v.OVERALL_RATE_LIMITER === undefined) {
    const message = "the Durable Object binding is missing, and MYCASE_REQUESTS_PER_SECOND_OVERALL needs it";
    return err([{ name: "OVERALL_RATE_LIMITER", message }]);
  }
  return ok({
    mycaseApiUrl: v.MYCASE_API_URL,
    mycaseAuthUrl: v.MYCASE_AUTH_URL,
    mycaseRequestsPerSecond: v.MYCASE_REQUESTS_PER_SECOND,
    mycaseRequestsPerSecondOverall: v.MYCASE_REQUESTS_PER_SECOND_OVERALL ?? null,
    publicUrl: v.PUBLIC_URL ?? null,
    mycaseClientId: v.MYCASE_CLIENT_ID,
    mycaseClientSecret: v.MYCASE_CLIENT_SECRET,
    adminApiKey: v.ADMIN_API_KEY,
    encryptionKey: v.ENCRYPTION_KEY,
    previousEncryptionKeys: v.ENCRYPTION_KEY_PREVIOUS,
  });
}

/** A sentence for people: every problem, each with the name of its variable. */
export function describeProblems(problems: ConfigProblem[]): string {
  return `Configuration: ${problems.map((problem) => `${problem.name} ${problem.message}`).join("; ")}`;
}

/** An env file writes an unset variable as `NAME=`. */
function withoutEmpty(env: Env): Record<string, unknown> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
}
