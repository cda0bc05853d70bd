import LinkHeader from "http-link-header";

/**
 * The query of the next page, or null on the last one. Only the query is used: the token must never be sent to
 * a host that a header names.
 */
export function nextPageQuery(header: string | null): string | null {
  if (!header) return null;
  const next = LinkHeader.parse(header).rel("next")[0];
  return next ? new URL(next.uri, "https://mycase.invalid").search : null;
}
