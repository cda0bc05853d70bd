import { classifyDatabaseError } from "./errors.ts";

const MAX_ATTEMPTS = 3;
const BACKOFF_MS = 50;

/** Errors that Cloudflare advises to repeat. Not a timeout: the statement would only reset the database again. */
const TRANSIENT =
  /Network connection lost|caused object to be reset|reset because its code was updated|overloaded|transient issue/i;
const TIMEOUT = /timeout|time limit|memory limit/i;
/** Of those, the ones after which nothing can have been written. */
const NOT_RUN = /overloaded|transient issue/i;

const READS = /^\s*(SELECT|WITH)\b/i;
const WRITES = /\b(INSERT|UPDATE|DELETE)\b/i;

interface Prepared {
  statement: D1PreparedStatement;
  readOnly: boolean;
}

export interface ResilientD1 {
  d1: D1Database;
  /** One transaction whose statements may be run again after they took effect. */
  batch(statements: D1PreparedStatement[]): Promise<D1Result<Record<string, unknown>>[]>;
}

/**
 * D1 whose errors are all `DatabaseError`, and which repeats what failed for a moment: reads always, writes only when
 * nothing can have been written, or when the caller says that they are idempotent by using `batch`.
 */
export function resilientD1(binding: D1Database): ResilientD1 {
  const prepared = new WeakMap<D1PreparedStatement, Prepared>();

  function wrap(statement: D1PreparedStatement, readOnly: boolean): D1PreparedStatement {
    const wrapped = new Proxy(statement, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        if (name === "bind") return (...values: unknown[]) => wrap(member.apply(target, values), readOnly);
        return (...values: unknown[]) => repeat(() => member.apply(target, values), readOnly);
      },
    });
    prepared.set(wrapped, { statement, readOnly });
    return wrapped;
  }

  const bare = (statements: D1PreparedStatement[]) =>
    statements.map((statement) => prepared.get(statement)?.statement ?? statement);

  const d1: D1Database = {
    prepare: (sql) => wrap(binding.prepare(sql), READS.test(sql) && !WRITES.test(sql)),
    batch: (statements) =>
      repeat(
        () => binding.batch(bare(statements)),
        statements.every((statement) => prepared.get(statement)?.readOnly),
      ),
    exec: (sql) => repeat(() => binding.exec(sql), false),
    withSession: (constraint) => binding.withSession(constraint),
    dump: () => binding.dump(),
  };
  return { d1, batch: (statements) => repeat(() => binding.batch(bare(statements)), true) };
}

async function repeat<T>(work: () => Promise<T>, repeatable: boolean): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const failure = classifyDatabaseError(error);
      if (attempt >= MAX_ATTEMPTS || !isTransient(failure.message, repeatable)) throw failure;
      await scheduler.wait(BACKOFF_MS * attempt);
    }
  }
}

function isTransient(message: string, repeatable: boolean): boolean {
  return TRANSIENT.test(message) && !TIMEOUT.test(message) && (repeatable || NOT_RUN.test(message));
}
