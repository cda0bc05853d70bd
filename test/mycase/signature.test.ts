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

const delivery = (headers: Headers, body: Uint8Array, hmacKey = KEY) => ({ headers, body, hmacKey, now: NOW });
const discover = (headers: Headers, body: Uint8Array, hmacKey = KEY) =>
  discoverScheme(delivery(headers, body, hmacKey));

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
const NOW = new Date("2026-11-24T12:00:00Z");
const SECONDS = String(NOW.getTime() / 1000);
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
    expect(discover(signed(scheme), bytes(BODY), KEY)).toEqual(scheme);
  });

  test("finds it in a header of any name, for any body and key, and what it found admits that delivery", () => {
    fc.assert(
      fc.property(schemes, fc.string(), fc.string({ minLength: 1 }), (scheme, body, key) => {
        const headers = signed(scheme, body, key);
        expect(discover(headers, bytes(body), key)).toEqual(scheme);
        expect(isSigned(scheme, delivery(headers, bytes(body), key))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("finds hex in upper case too", () => {
    const scheme: SignatureScheme = { header: "digest", hash: "SHA-256", encoding: "hex", prefix: "" };
    const headers = new Headers({ digest: signature(scheme, BODY, KEY).toUpperCase() });
    expect(discover(headers, bytes(BODY), KEY)).toEqual(scheme);
  });

  test("signs the raw bytes, also those that are not UTF-8", () => {
    const raw = new Uint8Array([0xff, 0xfe, 0x00, 0x7b]);
    const headers = new Headers({ "x-s": createHmac("sha256", KEY).update(raw).digest("hex") });
    expect(discover(headers, raw, KEY)).toMatchObject({ header: "x-s" });
  });

  test("takes the key as its UTF-8 bytes, whatever it looks like", () => {
    for (const key of ["deadbeef", "c2VjcmV0", "schlüssel-ключ"]) {
      const headers = new Headers({
        "x-s": createHmac("sha1", Buffer.from(key, "utf8")).update(BODY).digest("base64"),
      });
      expect(discover(headers, bytes(BODY), key)).toMatchObject({ hash: "SHA-1", encoding: "base64" });
    }
  });

  test("finds nothing without a signature, or in one of another key or body", () => {
    fc.assert(
      fc.property(schemes, (scheme) => {
        expect(discover(signed(scheme, BODY, "another key"), bytes(BODY), KEY)).toBeNull();
        expect(discover(signed(scheme, `${BODY} `), bytes(BODY), KEY)).toBeNull();
      }),
    );
    expect(discover(new Headers({ accept: "*/*" }), bytes(BODY), KEY)).toBeNull();
  });

  test("finds nothing in part of a signature, or in one with something after it", () => {
    const whole = signature({ hash: "SHA-256", encoding: "hex" }, BODY, KEY);
    for (const value of [whole.slice(0, 40), whole.slice(1), `${whole}0`, `${whole},v0=x`, `not a prefix ${whole}`])
      expect(discover(new Headers({ "x-s": value }), bytes(BODY), KEY)).toBeNull();
  });
});

describe("a scheme that has been pinned", () => {
  const scheme: SignatureScheme = { header: "x-mycase-signature", hash: "SHA-256", encoding: "hex", prefix: "sha256=" };

  test("admits what is signed by it, hex in either case", () => {
    expect(isSigned(scheme, delivery(signed(scheme), bytes(BODY), KEY))).toBe(true);
    const upper = new Headers({ [scheme.header]: `sha256=${signature(scheme, BODY, KEY).toUpperCase()}` });
    expect(isSigned(scheme, delivery(upper, bytes(BODY), KEY))).toBe(true);
  });

  test("refuses a delivery without a signature, and one with an empty one", () => {
    expect(isSigned(scheme, delivery(new Headers({ accept: "*/*" }), bytes(BODY), KEY))).toBe(false);
    expect(isSigned(scheme, delivery(new Headers({ [scheme.header]: "" }), bytes(BODY), KEY))).toBe(false);
    expect(isSigned(scheme, delivery(new Headers({ [scheme.header]: scheme.prefix }), bytes(BODY), KEY))).toBe(false);
  });

  test("refuses an altered body and another key", () => {
    expect(isSigned(scheme, delivery(signed(scheme), bytes(BODY.replace("7", "8")), KEY))).toBe(false);
    expect(isSigned(scheme, delivery(signed(scheme), bytes(BODY), `${KEY}x`))).toBe(false);
  });

  test.each([
    ["another header", { header: "x-other" }],
    ["another hash", { hash: "SHA-1" }],
    ["another encoding", { encoding: "base64" }],
    ["no prefix", { prefix: "" }],
    ["another prefix", { prefix: "v1=" }],
  ] as [string, Partial<SignatureScheme>][])("refuses a right signature in %s", (_, other) => {
    const headers = signed({ ...scheme, ...other });
    expect(discover(headers, bytes(BODY), KEY)).not.toBeNull();
    expect(isSigned(scheme, delivery(headers, bytes(BODY), KEY))).toBe(false);
  });

  test("of base64 is case-sensitive", () => {
    const base64: SignatureScheme = { ...scheme, encoding: "base64", prefix: "" };
    const headers = new Headers({ [scheme.header]: signature(base64, BODY, KEY).toLowerCase() });
    expect(isSigned(base64, delivery(signed(base64), bytes(BODY), KEY))).toBe(true);
    expect(isSigned(base64, delivery(headers, bytes(BODY), KEY))).toBe(false);
  });

  test("refuses any other value of its header", () => {
    const right = signed(scheme).get(scheme.header);
    fc.assert(
      fc.property(fc.stringMatching(/^(sha256=)?[0-9a-f]{0,64}$/), (value) => {
        fc.pre(value !== right);
        expect(isSigned(scheme, delivery(new Headers({ [scheme.header]: value }), bytes(BODY), KEY))).toBe(false);
      }),
    );
  });
});

/** The HMAC-SHA256 of a text, in base64. */
const sha256 = (text: string) => createHmac("sha256", KEY).update(text).digest("base64");
const url = (base64: string) => base64.replaceAll("+", "-").replaceAll("/", "_");
const unpadded = (text: string) => text.replace(/=+$/, "");

/** A body whose signature has signs in which the alphabets of base64 differ. */
const TELLING = Array.from({ length: 100 }, (_, n) => `{"model":"case","id":${n + 1}}`).find((body) =>
  /[+/]/.test(sha256(body)),
) as string;

describe("other forms of a signature", () => {
  const telling = sha256(TELLING);
  test.each([
    ["base64url", { "x-signature": url(telling) }],
    ["base64url without padding", { "x-signature": unpadded(url(telling)) }],
    ["base64 without padding", { "x-signature": unpadded(telling) }],
    ["base64url behind a prefix", { "x-signature": `sha256=${unpadded(url(telling))}` }],
    ["an Authorization scheme", { authorization: `HMAC-SHA256 ${telling}` }],
    ["an Authorization scheme with a name", { authorization: `HMAC Signature=${telling}` }],
  ] as [string, Record<string, string>][])("%s is found, kept to, and refused when wrong", (_, headers) => {
    const scheme = discover(new Headers(headers), bytes(TELLING), KEY);
    if (!scheme) throw new Error("not found");
    expect(isSigned(scheme, delivery(new Headers(headers), bytes(TELLING), KEY))).toBe(true);
    expect(isSigned(scheme, delivery(new Headers(headers), bytes(BODY), KEY))).toBe(false);
    expect(isSigned(scheme, delivery(new Headers(), bytes(TELLING), KEY))).toBe(false);
  });

  test("a subscription pinned by a signature without telling signs is kept to in both alphabets of base64", () => {
    const plain = Array.from({ length: 500 }, (_, n) => `{"model":"case","id":${n}}`).find(
      (body) => !/[+/]/.test(sha256(body)),
    ) as string;
    const scheme = discover(new Headers({ "x-s": sha256(plain) }), bytes(plain), KEY);
    if (!scheme) throw new Error("not found");
    expect(isSigned(scheme, delivery(new Headers({ "x-s": unpadded(url(telling)) }), bytes(TELLING), KEY))).toBe(true);
  });
});

const timestamped = (seconds: string, body = BODY) => ({
  "x-mycase-signature": `t=${seconds},v1=${createHmac("sha256", KEY).update(`${seconds}.${body}`).digest("hex")}`,
});
const standard = (seconds: string, body = BODY) => ({
  "webhook-id": "msg_1",
  "webhook-timestamp": seconds,
  "webhook-signature": `v1,${sha256("something else")} v1,${sha256(`msg_1.${seconds}.${body}`)}`,
});

describe.each([
  ["t=..,v1=.. over t.body", timestamped, "t.body"],
  ["Standard Webhooks over id.t.body", standard, "id.t.body"],
] as const)("%s", (_, sign, content) => {
  const at = (offsetS: number) => String(Number(SECONDS) + offsetS);

  test("is found, and kept to", () => {
    const scheme = discover(new Headers(sign(SECONDS)), bytes(BODY), KEY);
    expect(scheme).toMatchObject({ hash: "SHA-256", content });
    if (!scheme) return;
    expect(isSigned(scheme, delivery(new Headers(sign(at(-60))), bytes(BODY), KEY))).toBe(true);
    expect(isSigned(scheme, delivery(new Headers(sign(SECONDS)), bytes(`${BODY} `), KEY))).toBe(false);
    expect(isSigned(scheme, delivery(new Headers(), bytes(BODY), KEY))).toBe(false);
  });

  test("is refused when it is more than five minutes off, or its time was altered", () => {
    const scheme = discover(new Headers(sign(SECONDS)), bytes(BODY), KEY);
    if (!scheme) throw new Error("not found");
    const signedAt = (seconds: string) => isSigned(scheme, delivery(new Headers(sign(seconds)), bytes(BODY), KEY));
    expect([at(-299), at(299), at(-301), at(301)].map(signedAt)).toEqual([true, true, false, false]);
    const altered = Object.entries(sign(at(-301))).map(([name, value]) => [name, value.replace(at(-301), SECONDS)]);
    expect(isSigned(scheme, delivery(new Headers(altered as [string, string][]), bytes(BODY), KEY))).toBe(false);
  });
});

test("Standard Webhooks with a whsec_ secret are signed with its decoded bytes", () => {
  const secret = `whsec_${Buffer.from("twenty-four random bytes").toString("base64")}`;
  const signature = createHmac("sha256", "twenty-four random bytes").update(`m.${SECONDS}.${BODY}`).digest("base64");
  const headers = new Headers({
    "webhook-id": "m",
    "webhook-timestamp": SECONDS,
    "webhook-signature": `v1,${signature}`,
  });
  const scheme = discover(headers, bytes(BODY), secret);
  expect(scheme).toMatchObject({ header: "webhook-signature", content: "id.t.body" });
});
