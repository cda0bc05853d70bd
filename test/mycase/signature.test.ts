import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isRecognised, parseEvent } from "../../src/mycase/webhook/parse-event.ts";
import { discoverScheme, isSigned } from "../../src/mycase/webhook/signature.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const schemes = fc.record({
  header: fc.constantFrom("x-mycase-signature", "signature", "x-hub-signature-256", "digest"),
  hash: fc.constantFrom("SHA-256", "SHA-1", "SHA-512" as const),
  encoding: fc.constantFrom("hex", "base64" as const),
  prefix: fc.constantFrom("", "sha256=", "v1="),
});

test("a signature is found under any header, in any documented hash, encoding and prefix, and pins exactly that", () => {
  fc.assert(
    fc.property(schemes, fc.string(), fc.string({ minLength: 1 }), ({ header, hash, encoding, prefix }, body, key) => {
      const signature = createHmac(hash.replace("-", "").toLowerCase(), key)
        .update(bytes(body))
        .digest(encoding as "hex");
      const headers = new Headers({ "content-type": "application/json", [header]: prefix + signature });
      const found = discoverScheme(headers, bytes(body), key);
      expect(found).toEqual({ header, hash, encoding, prefix });
      if (!found) return;
      expect(isSigned(found, headers, bytes(body), key)).toBe(true);
      expect(isSigned(found, headers, bytes(`${body}x`), key)).toBe(false);
      expect(isSigned(found, headers, bytes(body), `${key}x`)).toBe(false);
      expect(isSigned(found, new Headers(), bytes(body), key)).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test("without a signature, or with one of another key, nothing is found", () => {
  const other = createHmac("sha256", "other").update("body").digest("hex");
  expect(discoverScheme(new Headers({ "x-signature": other, accept: "*/*" }), bytes("body"), "key")).toBeNull();
});

test("hex may be written in either case", () => {
  const scheme = { header: "s", hash: "SHA-256", encoding: "hex", prefix: "" } as const;
  const signature = createHmac("sha256", "key").update("body").digest("hex").toUpperCase();
  expect(isSigned(scheme, new Headers({ s: signature }), bytes("body"), "key")).toBe(true);
});

test.each([
  [
    { resource: "Case", action: "updated", resource_body: { id: 7 } },
    { model: "case", action: "updated", id: 7 },
  ],
  [
    { model: "client", action: "created", id: 7 },
    { model: "client", action: "created", id: 7 },
  ],
  [
    { event_type: "company.deleted", resource_id: 7 },
    { model: "company", action: "deleted", id: 7 },
  ],
  [
    { event_type: "lead_updated", resource_id: "7" },
    { model: "lead", action: "updated", id: 7 },
  ],
  [
    { event_type: "deleted", id: 7 },
    { model: "case", action: "deleted", id: 7 },
  ],
  [
    { resource: "Cases", action: "Updated", data: { id: 7 } },
    { model: "case", action: "updated", id: 7 },
  ],
  [
    { model: "Person", action: "updated", id: 7 },
    { model: "client", action: "updated", id: 7 },
  ],
  [{ id: 7 }, { model: "case", action: "unknown", id: 7 }],
  [
    { model: "invoice", action: "paid", id: 7 },
    { model: null, name: "invoice", id: 7 },
  ],
])("%j is read as an event", (body, event) => {
  expect(parseEvent(body, "case")).toMatchObject(event);
});

test("an event of an unknown kind or action is not recognised, and one without a usable id is none", () => {
  const read = (body: unknown) => parseEvent(body, "case");
  expect(
    [
      { model: "case", action: "updated", id: 1 },
      { model: "case", action: "merged", id: 1 },
      { model: "x", action: "updated", id: 1 },
    ].map((body) => isRecognised(read(body) as never)),
  ).toEqual([true, false, false]);
  for (const id of [0, -1, 1.5, 2 ** 53, "", "1e3", "abc", null, {}, []])
    expect(read({ model: "case", action: "updated", id })).toBeNull();
  for (const body of [null, 1, "x", [], [{ id: 1 }]]) expect(read(body)).toBeNull();
});

test("no body whatever makes the reader throw", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (body) => void parseEvent(body, "case")),
    { numRuns: 500 },
  );
});
