import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SignatureScheme } from "../../src/domain/signature-scheme.ts";
import { discoverScheme, isSigned } from "../../src/mycase/webhook/signature.ts";

const BODY = '{"resource":"Case","action":"updated","resource_body":{"id":7}}';
const KEY = "hmac-key-of-the-subscription";
const bytes = (text: string) => new TextEncoder().encode(text);

function signature({ hash, encoding }: Pick<SignatureScheme, "hash" | "encoding">, body: string, key: string): string {
  return createHmac(hash.replace("-", "").toLowerCase(), key).update(bytes(body)).digest(encoding);
}

/** The headers that a delivery always has, and the signature of the scheme. */
function signed(scheme: SignatureScheme, body = BODY, key = KEY): Headers {
  return new Headers({
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "MyCase/1.0",
    [scheme.header]: scheme.prefix + signature(scheme, body, key),
  });
}

const HASHES = ["SHA-256", "SHA-1", "SHA-512"] as const;
const ENCODINGS = ["hex", "base64"] as const;
const combinations = HASHES.flatMap((hash) =>
  ENCODINGS.flatMap((encoding) => ["", "sha256=", "v1="].map((prefix) => ({ hash, encoding, prefix }))),
);
const schemes = fc.record({
  header: fc.stringMatching(/^x-[a-z0-9]{1,12}(-[a-z0-9]{1,12})?$/),
  hash: fc.constantFrom(...HASHES),
  encoding: fc.constantFrom(...ENCODINGS),
  prefix: fc.oneof(fc.constant(""), fc.stringMatching(/^[A-Za-z0-9_-]{1,32}=$/)),
});

describe("discovery", () => {
  test.each(combinations)("finds $hash in $encoding behind %o", (combination) => {
    const scheme = { header: "x-mycase-signature", ...combination };
    expect(discoverScheme(signed(scheme), bytes(BODY), KEY)).toEqual(scheme);
  });

  test("finds it in a header of any name, for any body and key, and what it found admits that delivery", () => {
    fc.assert(
      fc.property(schemes, fc.string(), fc.string({ minLength: 1 }), (scheme, body, key) => {
        const headers = signed(scheme, body, key);
        expect(discoverScheme(headers, bytes(body), key)).toEqual(scheme);
        expect(isSigned(scheme, headers, bytes(body), key)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("finds hex in upper case too", () => {
    const scheme: SignatureScheme = { header: "digest", hash: "SHA-256", encoding: "hex", prefix: "" };
    const headers = new Headers({ digest: signature(scheme, BODY, KEY).toUpperCase() });
    expect(discoverScheme(headers, bytes(BODY), KEY)).toEqual(scheme);
  });

  test("signs the raw bytes, also those that are no UTF-8", () => {
    const raw = new Uint8Array([0xff, 0xfe, 0x00, 0x7b]);
    const headers = new Headers({ "x-s": createHmac("sha256", KEY).update(raw).digest("hex") });
    expect(discoverScheme(headers, raw, KEY)).toMatchObject({ header: "x-s" });
  });

  test("takes the key as its UTF-8 bytes, whatever it looks like", () => {
    for (const key of ["deadbeef", "c2VjcmV0", "schlüssel-ключ"]) {
      const headers = new Headers({
        "x-s": createHmac("sha1", Buffer.from(key, "utf8")).update(BODY).digest("base64"),
      });
      expect(discoverScheme(headers, bytes(BODY), key)).toMatchObject({ hash: "SHA-1", encoding: "base64" });
    }
  });

  test("finds nothing without a signature, or in one of another key or body", () => {
    fc.assert(
      fc.property(schemes, (scheme) => {
        expect(discoverScheme(signed(scheme, BODY, "another key"), bytes(BODY), KEY)).toBeNull();
        expect(discoverScheme(signed(scheme, `${BODY} `), bytes(BODY), KEY)).toBeNull();
      }),
    );
    expect(discoverScheme(new Headers({ accept: "*/*" }), bytes(BODY), KEY)).toBeNull();
  });

  test("finds nothing in part of a signature, or in one with something after it", () => {
    const whole = signature({ hash: "SHA-256", encoding: "hex" }, BODY, KEY);
    for (const value of [whole.slice(0, 40), whole.slice(1), `${whole}0`, `${whole},v0=x`, `not a prefix ${whole}`])
      expect(discoverScheme(new Headers({ "x-s": value }), bytes(BODY), KEY)).toBeNull();
  });
});

describe("a scheme that has been pinned", () => {
  const scheme: SignatureScheme = { header: "x-mycase-signature", hash: "SHA-256", encoding: "hex", prefix: "sha256=" };

  test("admits what is signed by it, hex in either case", () => {
    expect(isSigned(scheme, signed(scheme), bytes(BODY), KEY)).toBe(true);
    const upper = new Headers({ [scheme.header]: `sha256=${signature(scheme, BODY, KEY).toUpperCase()}` });
    expect(isSigned(scheme, upper, bytes(BODY), KEY)).toBe(true);
  });

  test("refuses a delivery without a signature, and one with an empty one", () => {
    expect(isSigned(scheme, new Headers({ accept: "*/*" }), bytes(BODY), KEY)).toBe(false);
    expect(isSigned(scheme, new Headers({ [scheme.header]: "" }), bytes(BODY), KEY)).toBe(false);
    expect(isSigned(scheme, new Headers({ [scheme.header]: scheme.prefix }), bytes(BODY), KEY)).toBe(false);
  });

  test("refuses an altered body and another key", () => {
    expect(isSigned(scheme, signed(scheme), bytes(BODY.replace("7", "8")), KEY)).toBe(false);
    expect(isSigned(scheme, signed(scheme), bytes(BODY), `${KEY}x`)).toBe(false);
  });

  test.each([
    ["another header", { header: "x-other" }],
    ["another hash", { hash: "SHA-1" }],
    ["another encoding", { encoding: "base64" }],
    ["no prefix", { prefix: "" }],
    ["another prefix", { prefix: "v1=" }],
  ] as [string, Partial<SignatureScheme>][])("refuses a right signature in %s", (_, other) => {
    const headers = signed({ ...scheme, ...other });
    expect(discoverScheme(headers, bytes(BODY), KEY)).not.toBeNull();
    expect(isSigned(scheme, headers, bytes(BODY), KEY)).toBe(false);
  });

  test("of base64 minds the case of its letters", () => {
    const base64: SignatureScheme = { ...scheme, encoding: "base64", prefix: "" };
    const headers = new Headers({ [scheme.header]: signature(base64, BODY, KEY).toLowerCase() });
    expect(isSigned(base64, signed(base64), bytes(BODY), KEY)).toBe(true);
    expect(isSigned(base64, headers, bytes(BODY), KEY)).toBe(false);
  });

  test("refuses any other value of its header", () => {
    const right = signed(scheme).get(scheme.header);
    fc.assert(
      fc.property(fc.stringMatching(/^(sha256=)?[0-9a-f]{0,64}$/), (value) => {
        fc.pre(value !== right);
        expect(isSigned(scheme, new Headers({ [scheme.header]: value }), bytes(BODY), KEY)).toBe(false);
      }),
    );
  });
});
