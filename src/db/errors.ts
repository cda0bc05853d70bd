import type { Failure } from "../domain/failure.ts";

/**
 * `unavailable` passes by itself; `conflict` is a commit whose inputs changed; `invalid` fails however often it is
 * repeated; `full` needs an operator.
 */
export type DatabaseErrorKind = "unavailable" | "conflict" | "invalid" | "full";

/** Every error of D1, whether met in a batch, in a prepared statement, or through Drizzle. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
  readonly kind: DatabaseErrorKind;

  constructor(kind: DatabaseErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  /** SQLite's or D1's own code, such as `SQLITE_TOOBIG`: the message itself may quote a record. */
  get code(): string {
    return /\b(?:SQLITE|D1)_[A-Z]+(?:_[A-Z]+)*\b/.exec(this.message.replace(/D1_ERROR/g, ""))?.[0] ?? "D1_ERROR";
  }
}

const CONFLICT = /commit_inputs_unchanged/;
const FULL = /SQLITE_FULL|exceeded maximum DB size|maximum database size|database or disk is full/i;
/** A table or column that is missing waits for the migrations, and is no fault of the statement. */
const NOT_MIGRATED = /no such (table|column)|has no column named/i;
const INVALID =
  /SQLITE_(TOOBIG|CONSTRAINT|MISMATCH|RANGE|ERROR)|D1_TYPE_ERROR|too big|constraint failed|syntax error|malformed JSON|too many SQL variables/i;

/** What D1 threw, classified. What is not recognised counts as an outage: nothing is given up for it. */
export function classifyDatabaseError(error: unknown): DatabaseError {
  const known = databaseErrorIn(error);
  if (known) return known;
  const message = error instanceof Error ? error.message : String(error);
  return new DatabaseError(kindOf(message), message, { cause: error });
}

function kindOf(message: string): DatabaseErrorKind {
  if (CONFLICT.test(message)) return "conflict";
  if (FULL.test(message)) return "full";
  if (NOT_MIGRATED.test(message)) return "unavailable";
  return INVALID.test(message) ? "invalid" : "unavailable";
}

/** The database error that an error is, or that caused it: Drizzle wraps what it meets. Null for any other error. */
export function databaseErrorIn(error: unknown): DatabaseError | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof DatabaseError) return current;
  }
  return null;
}

export function isNotMigrated(error: DatabaseError): boolean {
  return NOT_MIGRATED.test(error.message);
}

/** What a database error means for the work that met it. */
export function databaseFailure({ kind, code }: DatabaseError): Failure {
  switch (kind) {
    case "unavailable":
      return { kind: "storage", detail: "the database could not be reached" };
    case "full":
      return { kind: "storage_full", detail: "the database has reached its maximum size" };
    case "conflict":
      return { kind: "contended", detail: "other work on the same records came first" };
    case "invalid":
      return { kind: "unstorable", detail: `the database refuses the statement (${code})` };
  }
}
