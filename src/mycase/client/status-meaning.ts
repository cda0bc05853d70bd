/** What a status of MyCase's API says about the request. */
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
  429: "throttled",
};

/** The one table from status to meaning. */
export function statusMeaning(status: number): StatusMeaning {
  if (status >= 200 && status < 300) return "answered";
  if (status >= 500) return "unavailable";
  return MEANINGS[status] ?? "refused";
}
