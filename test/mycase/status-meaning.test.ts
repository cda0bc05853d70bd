import { expect, test } from "vitest";
import { retryAfterSeconds } from "../../src/mycase/client/retry-after.ts";
import { statusMeaning } from "../../src/mycase/client/status-meaning.ts";

const DOCUMENTED = { errors: [{ description: "The record was not found." }] };

test.each([
  [200, "answered"],
  [204, "answered"],
  [301, "unavailable"],
  [302, "unavailable"],
  [400, "refused"],
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "not_found"],
  [408, "unavailable"],
  [410, "refused"],
  [422, "refused"],
  [425, "unavailable"],
  [429, "throttled"],
  [500, "unavailable"],
  [503, "unavailable"],
])("a %i means %s", (status, meaning) => {
  expect(statusMeaning(status, DOCUMENTED)).toBe(meaning);
});

test.each([[null], ["<html></html>"], [{}], [[]], [{ errors: [] }], [{ errors: ["gone"] }], [{ error: "Not Found" }]])(
  "D5: a 404 with the body %j is not MyCase's own, and means that it is unavailable",
  (body) => {
    expect(statusMeaning(404, body)).toBe("unavailable");
  },
);

test.each([
  [503, "86400", 900],
  [429, "86400", 300],
  [503, "Thu, 01 Jan 2099 00:00:00 GMT", 900],
  [503, "Thu, 01 Jan 1998 00:00:00 GMT", 0],
  [503, "7", 7],
  [503, "9".repeat(400), 900],
  [503, "soon", null],
])("a %i that says Retry-After %s is believed for %j seconds", (status, text, seconds) => {
  const now = new Date("2026-01-01T00:00:00Z");
  expect(retryAfterSeconds(status, new Headers({ "retry-after": text }), now)).toBe(seconds);
});
