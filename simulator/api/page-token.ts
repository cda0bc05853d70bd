import { ApiError } from "./errors.ts";

const LIFE_MS = 3 * 86_400_000; // documented: the next link expires after three days

interface PageToken {
  after: number;
  issuedAt: number;
  epoch: number;
}

/** Opaque to the caller: after which id the page begins, and when the link was made. */
export function writePageToken(token: PageToken): string {
  return btoa(JSON.stringify(token)).replaceAll("=", "");
}

/** The status of an expired link is not documented; 400 is the nearest documented one. `epoch` expires all links at once. */
export function readPageToken(text: string, now: number, epoch: number): PageToken {
  const refuse = () => new ApiError(400, "The page token is invalid or has expired.", { parameter: "page_token" });
  let token: PageToken;
  try {
    token = JSON.parse(atob(text)) as PageToken;
  } catch (error) {
    if (error instanceof Error) throw refuse();
    throw error;
  }
  if (!Number.isInteger(token.after) || now - token.issuedAt > LIFE_MS || token.epoch !== epoch) throw refuse();
  return token;
}
