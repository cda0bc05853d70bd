import { clock } from "../../support/virtual-time.ts";
import type { Host, Shared } from "./host.ts";

const ERRORS = [
  "D1_ERROR: Network connection lost.",
  "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
  "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
  "D1_ERROR: internal error; reference = chaos",
];

type Statement = D1PreparedStatement;

/** A D1 whose calls may fail before they take effect, or after, or be its worker's last. */
export function troubledDatabase(real: D1Database, host: Host, shared: Shared): D1Database {
  const originals = new WeakMap<Statement, Statement>();
  const call = <T>(work: () => Promise<T>) => troubled(host, shared, work);

  function wrap(statement: Statement): Statement {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all: () => call(() => statement.all()),
      run: () => call(() => statement.run()),
      first: (column?: string) => call(() => (column === undefined ? statement.first() : statement.first(column))),
      raw: (options?: { columnNames?: false }) => call(() => statement.raw(options)),
    } as unknown as Statement;
    originals.set(wrapped, statement);
    return wrapped;
  }

  return {
    prepare: (sql: string) => wrap(real.prepare(sql)),
    batch: (statements: Statement[]) =>
      call(() => real.batch(statements.map((statement) => originals.get(statement) ?? statement))),
  } as unknown as D1Database;
}

async function troubled<T>(host: Host, { dice, tally, trouble, database }: Shared, work: () => Promise<T>) {
  await host.step();
  clock.pass(1);
  if (dice.chance(trouble.databaseSlow)) {
    tally.injected("database slow");
    clock.pass(dice.from(1, 12) * 1000);
  }
  if (dice.chance(trouble.databaseBefore)) {
    tally.injected("database failing before");
    throw new Error(dice.pick(ERRORS));
  }
  const result = await database.run(work);
  if (dice.chance(trouble.databaseAfter)) {
    tally.injected("database failing after");
    throw new Error(dice.pick(ERRORS));
  }
  await host.step();
  return result;
}
