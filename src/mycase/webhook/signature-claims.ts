import { createHmac } from "node:crypto";
import type { SignatureScheme } from "../../domain/signature-scheme.ts";

const TOLERANCE_MS = 5 * 60 * 1000; // as Standard Webhooks recommends: bounds how long a delivery can be replayed

/** What a delivery says its signature is: where it stands, and over what it would have been made. */
export interface Claim {
  header: string;
  prefix: string;
  content: "body" | NonNullable<SignatureScheme["content"]>;
  signature: string;
  /** The HMAC that the signature should be. */
  digest: Digest;
}

type Digest = (hash: SignatureScheme["hash"]) => Buffer;

/** What a signature is looked for in, and the key it would be made with. */
export interface Delivery {
  headers: Headers;
  body: Uint8Array;
  hmacKey: string;
  now: Date;
}

/** Everything in the headers that may be a signature of the body, the plainest form first. */
export function claimsIn(delivery: Delivery): Claim[] {
  return [...plainClaims(delivery), ...timestampedClaims(delivery), ...standardClaims(delivery)];
}

/** `<signature>`, bare, behind a prefix such as `sha256=`, or behind an Authorization scheme. */
function plainClaims({ headers, body, hmacKey }: Delivery): Claim[] {
  const digest = digestOf(bytes(hmacKey), [body]);
  return [...headers].flatMap(([header, value]) =>
    [...prefixesOf(value)].map((prefix) => {
      const signature = value.slice(prefix.length);
      return { header, prefix, content: "body" as const, signature, digest };
    }),
  );
}

function prefixesOf(value: string): Set<string> {
  const scheme = /^[A-Za-z][\w-]{0,31} +/.exec(value)?.[0] ?? "";
  const name = /^[\w-]{1,32}=/.exec(value)?.[0] ?? "";
  const schemeAndName = /^[A-Za-z][\w-]{0,31} +[\w-]{1,32}=/.exec(value)?.[0] ?? "";
  return new Set(["", name, scheme, schemeAndName]);
}

/** `t=<seconds>,v1=<signature>` over `<t>.<body>`; several signatures may be given while a key is being changed. */
function timestampedClaims({ headers, body, hmacKey, now }: Delivery): Claim[] {
  return [...headers].flatMap(([header, value]) => {
    const items = value.split(",").map((item) => /^\s*(\w{1,32})=(.*)$/.exec(item));
    const time = items.find((item) => item?.[1] === "t")?.[2];
    if (time === undefined || !isRecent(time, now)) return [];
    const digest = digestOf(bytes(hmacKey), [bytes(`${time}.`), body]);
    return items.flatMap((item) => {
      const [, name, signature] = item ?? [];
      if (name === undefined || signature === undefined || name === "t") return [];
      return [{ header, prefix: `${name}=`, content: "t.body" as const, signature, digest }];
    });
  });
}

/** Standard Webhooks: `v1,<signature>` over `<id>.<t>.<body>`, several separated by spaces. */
function standardClaims({ headers, body, hmacKey, now }: Delivery): Claim[] {
  return ["webhook", "svix"].flatMap((family) => {
    const [id, time] = [headers.get(`${family}-id`), headers.get(`${family}-timestamp`)];
    if (id === null || time === null || !isRecent(time, now)) return [];
    const header = `${family}-signature`;
    const signatures = (headers.get(header) ?? "").split(/\s+/).flatMap((item) => {
      const [, version, signature] = /^(\w{1,8},)(.+)$/.exec(item) ?? [];
      return version === undefined || signature === undefined ? [] : [{ prefix: version, signature }];
    });
    const parts = [bytes(`${id}.${time}.`), body];
    return standardKeys(hmacKey).flatMap((key) => {
      const digest = digestOf(key, parts);
      return signatures.map((given) => ({ header, content: "id.t.body" as const, digest, ...given }));
    });
  });
}

/** The HMAC of the parts, made once for each hash. */
function digestOf(key: Uint8Array, parts: Uint8Array[]): Digest {
  const made = new Map<string, Buffer>();
  return (hash) => {
    const digest =
      made.get(hash) ?? createHmac(hash.replace("-", "").toLowerCase(), key).update(Buffer.concat(parts)).digest();
    made.set(hash, digest);
    return digest;
  };
}

/** The key's UTF-8 bytes; a `whsec_` secret also stands for the bytes that it encodes. */
function standardKeys(hmacKey: string): Uint8Array[] {
  const encoded = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(hmacKey)?.[1];
  return encoded === undefined ? [bytes(hmacKey)] : [bytes(hmacKey), Buffer.from(encoded, "base64")];
}

/** Whether a time in seconds is within the tolerance. */
function isRecent(seconds: string, now: Date): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(now.getTime() - Number(seconds) * 1000) <= TOLERANCE_MS;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
