import { setTimeout as wait } from "node:timers/promises";

/** Cloudflare refused a call; `status` is HTTP's, `codes` are Cloudflare's own. The message names the call, never the token. */
export class CloudflareError extends Error {
  override name = "CloudflareError";
  readonly status: number;
  readonly codes: number[];

  constructor(call: string, status: number, errors: { code: number; message: string }[]) {
    const reasons = errors.map(({ code, message }) => `${message} (${code})`).join("; ");
    super(`Cloudflare answered ${status} to ${call}: ${reasons || "no reason given"}`);
    this.status = status;
    this.codes = errors.map(({ code }) => code);
  }
}

interface Envelope {
  success?: boolean;
  result?: unknown;
  errors?: { code: number; message: string }[];
  result_info?: { page?: number; total_pages?: number; per_page?: number; total_count?: number };
}

const ATTEMPTS = 4;
const PAGE_SIZE = 100;

export type CloudflareApi = ReturnType<typeof createCloudflareApi>;

/**
 * The few calls of Cloudflare's API that a deployment needs beside wrangler. Errors throw `CloudflareError`; 429 and 5xx
 * are repeated, which is safe because every caller looks a resource up before creating it.
 */
export function createCloudflareApi(options: { baseUrl: string; token: string; retryDelayMs?: number }) {
  const { baseUrl, token, retryDelayMs = 1_000 } = options;

  async function call(method: "GET" | "POST", path: string, body?: unknown): Promise<Envelope> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const envelope = await readEnvelope(response);
      if (response.ok && envelope.success !== false) return envelope;
      const transient = response.status === 429 || response.status >= 500;
      if (!transient || attempt >= ATTEMPTS) {
        throw new CloudflareError(`${method} ${path}`, response.status, envelope.errors ?? []);
      }
      await wait(retryDelayMs * 2 ** (attempt - 1));
    }
  }

  return {
    async get<T>(path: string): Promise<T> {
      return (await call("GET", path)).result as T;
    },

    async post<T>(path: string, body: unknown): Promise<T> {
      return (await call("POST", path, body)).result as T;
    },

    /** Every page of a listing. */
    async list<T>(path: string): Promise<T[]> {
      const items: T[] = [];
      for (let page = 1; ; page++) {
        const envelope = await call("GET", `${path}?per_page=${PAGE_SIZE}&page=${page}`);
        const onPage = (envelope.result ?? []) as T[];
        items.push(...onPage);
        const total = envelope.result_info?.total_count ?? items.length;
        if (onPage.length === 0 || items.length >= total) return items;
      }
    },
  };
}

/** Proxies and outages answer with HTML; the status alone is then what is known. */
async function readEnvelope(response: Response): Promise<Envelope> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Envelope;
  } catch (error) {
    if (error instanceof SyntaxError) return { success: false };
    throw error;
  }
}
