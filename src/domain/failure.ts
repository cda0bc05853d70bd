/**
 * Everything that is expected to go wrong, with its evidence. `detail` is for people and holds no personal data.
 * Times are seconds.
 */
export type Failure =
  | { kind: "not_connected"; detail: string }
  | { kind: "reauthorization_required"; detail: string }
  | { kind: "not_found"; detail: string }
  | { kind: "forbidden"; detail: string }
  | { kind: "unauthorized"; detail: string }
  | { kind: "rate_limited"; detail: string; retry_after: number | null }
  /** With `record`, MyCase answered only the read of one record with an error; `ticket` is that read's. */
  | { kind: "unavailable"; detail: string; retry_after: number | null; record?: { ticket: number } }
  | { kind: "malformed"; detail: string }
  | { kind: "refused"; detail: string; status: number }
  | { kind: "contended"; detail: string }
  | { kind: "storage"; detail: string }
  | { kind: "storage_full"; detail: string }
  | { kind: "unstorable"; detail: string }
  | { kind: "unexpected"; detail: string };

export type FailureKind = Failure["kind"];
