import { z } from "zod";

/** What MyCase says about the firm behind a token. */
export interface FirmAnswer {
  name: string | null;
  /** Documented as usable as a unique identifier of the firm. */
  url: string | null;
}

const firmWire = z.object({ name: z.string().nullish(), url: z.string().nullish() });
const TIMEOUT_MS = 10_000;

/** Asks `GET /firm`; null when MyCase gives no usable answer, for the name is only shown to people. */
export async function fetchFirm(apiUrl: string, accessToken: string): Promise<FirmAnswer | null> {
  try {
    const response = await fetch(`${apiUrl}/firm`, {
      headers: { authorization: `Bearer ${accessToken}`, accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const firm = response.ok ? firmWire.safeParse(await response.json()) : null;
    return firm?.success ? { name: firm.data.name ?? null, url: firm.data.url ?? null } : null;
  } catch (error) {
    if (error instanceof Error) return null; // unreachable, or not JSON
    throw error;
  }
}
