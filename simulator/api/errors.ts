/** An answer other than a record, in the documented form of MyCase's errors. */
export class ApiError extends Error {
  readonly status: number;
  readonly source: { pointer: string } | { parameter: string } | null;

  constructor(status: number, description: string, source: ApiError["source"] = null) {
    super(description);
    this.status = status;
    this.source = source;
  }

  toResponse(headers: Record<string, string> = {}): Response {
    const error = { description: this.message, ...(this.source ? { source: this.source } : {}) };
    return Response.json({ errors: [error] }, { status: this.status, headers });
  }
}
