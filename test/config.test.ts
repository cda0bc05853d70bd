import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ConfigProblem, describeProblems, readConfig } from "../src/config.ts";
import type { Env } from "../src/env.ts";
import { toBase64 } from "../src/platform/encoding.ts";

const KEY = toBase64(new Uint8Array(32).fill(5));

/** A complete environment with nothing but what has no default. */
function complete(changes: Record<string, unknown> = {}): Env {
  const bindings = { DB: {}, LIVE_QUEUE: {}, BULK_QUEUE: {}, DEAD_QUEUE: {}, MYCASE_CONNECTION: {} };
  const secrets = {
    MYCASE_CLIENT_ID: "id",
    MYCASE_CLIENT_SECRET: "secret",
    ADMIN_API_KEY: "admin",
    ENCRYPTION_KEY: KEY,
  };
  return { ...bindings, ...secrets, ...changes } as unknown as Env;
}

function problemsOf(changes: Record<string, unknown>): ConfigProblem[] {
  const read = readConfig(complete(changes));
  return read.ok ? [] : read.failure;
}

const REQUIRED = [
  "DB",
  "LIVE_QUEUE",
  "BULK_QUEUE",
  "DEAD_QUEUE",
  "MYCASE_CONNECTION",
  "MYCASE_CLIENT_ID",
  "MYCASE_CLIENT_SECRET",
  "ADMIN_API_KEY",
  "ENCRYPTION_KEY",
];

const WITH_DEFAULT = ["MYCASE_API_URL", "MYCASE_AUTH_URL", "MYCASE_REQUESTS_PER_SECOND", "PUBLIC_URL"];

test("the secrets and bindings alone are enough: everything else has the documented default", () => {
  const read = readConfig(complete());
  expect(read).toEqual({
    ok: true,
    value: {
      mycaseApiUrl: "https://external-integrations.mycase.com/v1",
      mycaseAuthUrl: "https://auth.mycase.com",
      mycaseRequestsPerSecond: 20,
      mycaseRequestsPerSecondOverall: null,
      publicUrl: null,
      mycaseClientId: "id",
      mycaseClientSecret: "secret",
      adminApiKey: "admin",
      encryptionKey: new Uint8Array(32).fill(5),
      previousEncryptionKeys: [],
    },
  });
});

describe("what is required", () => {
  test.each(REQUIRED)("%s missing is one problem that names it", (name) => {
    const [problem, ...others] = problemsOf({ [name]: undefined });
    expect(problem).toMatchObject({ name, message: expect.stringMatching(/missing/) });
    expect(others).toEqual([]);
  });

  test.each(REQUIRED)("%s empty is the same as missing", (name) => {
    expect(problemsOf({ [name]: "" })).toEqual(problemsOf({ [name]: undefined }));
  });

  test("everything that is missing is named at once", () => {
    const read = readConfig({} as Env);
    expect(read.ok ? [] : read.failure.map(({ name }) => name).sort()).toEqual([...REQUIRED].sort());
  });
});

describe("what has a default", () => {
  test.each(WITH_DEFAULT)("%s empty means its default", (name) => {
    expect(readConfig(complete({ [name]: "" }))).toEqual(readConfig(complete()));
  });

  test("given values are taken, addresses without their trailing slashes", () => {
    const read = readConfig(
      complete({
        MYCASE_API_URL: "http://localhost:9000/v1/",
        MYCASE_AUTH_URL: "http://localhost:9000//",
        MYCASE_REQUESTS_PER_SECOND: "7.5",
        PUBLIC_URL: "https://sync.example.com/",
      }),
    );
    expect(read).toMatchObject({
      value: {
        mycaseApiUrl: "http://localhost:9000/v1",
        mycaseAuthUrl: "http://localhost:9000",
        mycaseRequestsPerSecond: 7.5,
        publicUrl: "https://sync.example.com",
      },
    });
  });

  test("a number as toml writes it is as good as its text", () => {
    expect(readConfig(complete({ MYCASE_REQUESTS_PER_SECOND: 12 }))).toMatchObject({
      value: { mycaseRequestsPerSecond: 12 },
    });
  });
});

test("a pace over all orgs is optional, and needs the object that keeps it", () => {
  const overall = { MYCASE_REQUESTS_PER_SECOND_OVERALL: "25" };
  expect(readConfig(complete({ ...overall, OVERALL_RATE_LIMITER: {} }))).toMatchObject({
    value: { mycaseRequestsPerSecondOverall: 25 },
  });
  expect(describeProblems(problemsOf(overall))).toBe(
    "Configuration: OVERALL_RATE_LIMITER the Durable Object binding is missing, and MYCASE_REQUESTS_PER_SECOND_OVERALL needs it",
  );
});

describe("what is malformed", () => {
  test.each([
    ["MYCASE_API_URL", "mycase"],
    ["MYCASE_API_URL", "ftp://mycase.example/v1"],
    ["MYCASE_AUTH_URL", "//auth.mycase.com"],
    ["MYCASE_AUTH_URL", "javascript:alert(1)"],
    ["PUBLIC_URL", "sync.example.com"],
    ["MYCASE_REQUESTS_PER_SECOND", "many"],
    ["MYCASE_REQUESTS_PER_SECOND", "0"],
    ["MYCASE_REQUESTS_PER_SECOND", "-3"],
    ["MYCASE_REQUESTS_PER_SECOND", "Infinity"],
    ["MYCASE_REQUESTS_PER_SECOND_OVERALL", "all"],
    ["MYCASE_REQUESTS_PER_SECOND_OVERALL", "0"],
    ["ENCRYPTION_KEY", "not*base64"],
    ["ENCRYPTION_KEY", toBase64(new Uint8Array(16))],
    ["ENCRYPTION_KEY", toBase64(new Uint8Array(33))],
    ["DB", "a name instead of a binding"],
  ])("%s = %j is one problem that names it", (name, value) => {
    expect(problemsOf({ [name]: value }).map((problem) => problem.name)).toEqual([name]);
  });

  test("a problem never quotes the value, whatever it is", () => {
    const names = fc.constantFrom("ENCRYPTION_KEY", "MYCASE_API_URL", "MYCASE_AUTH_URL", "PUBLIC_URL");
    const value = fc.string({ minLength: 12, maxLength: 40 }).filter((text) => /[^\s]{12}/.test(text));
    fc.assert(
      fc.property(names, value, (name, text) => {
        const problems = problemsOf({ [name]: text });
        expect(problems).toHaveLength(1);
        expect(describeProblems(problems)).not.toContain(text);
      }),
    );
  });
});

test("the sentence for people names every variable", () => {
  const sentence = describeProblems([
    ...problemsOf({ ADMIN_API_KEY: undefined }),
    ...problemsOf({ PUBLIC_URL: "nowhere" }),
  ]);
  expect(sentence).toBe("Configuration: ADMIN_API_KEY is missing; PUBLIC_URL must be an http or https address");
});
