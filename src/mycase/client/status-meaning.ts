import { z } from "zod";

/** What an answer of MyCase's API says about the request. */
export type StatusMeaning =
  | "answered"
  | "not_found"
  | "forbidden"
  | "unauthorized"
  | "throttled"
  | "unavailable"
  | "refused";

const MEANINGS: Record<number, StatusMeaning> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  408: "unavailable",
  425: "unavailable",
  429: "throttled",
};

/** MyCase's documented error body. A proxy's 404 does not have it, and must not look like a deletion. */
const errorBody = z.object({ errors: z.array(z.object({ description: z.string() })).min(1) });

/** The one table from status to meaning. A redirect leads somewhere else than to MyCase's answer. */
export function statusMeaning(status: number, body: unknown): StatusMeaning {
  if (status >= 200 && status < 300) return "answered";
  if (status < 400 || status >= 500) return "unavailable";
  if (status === 404 && !errorBody.safeParse(body).success) return "unavailable";
  return MEANINGS[status] ?? "refused";
}
