import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { classifyDatabaseError, databaseErrorIn, databaseFailure } from "../../src/db/errors.ts";
import { orgs } from "../../src/db/schema/index.ts";
import { disposition } from "../../src/domain/disposition.ts";

const { DB } = env as unknown as { DB: D1Database };
const db = openDatabase(DB);

/** The kind of the error that the work ends with. */
async function kindOf(work: () => PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await work();
  } catch (error) {
    return databaseErrorIn(error)?.kind;
  }
  return "none";
}

/** A D1 whose statements fail so many times with this message, before they reach the database or after. */
function failing(message: string, times: number): { d1: D1Database; attempts: () => number } {
  let attempts = 0;
  const fail = <T>(work: () => Promise<T>) => {
    attempts += 1;
    return attempts <= times ? Promise.reject(new Error(message)) : work();
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        if (name === "bind") return (...values: unknown[]) => wrap(member.apply(target, values));
        return (...values: unknown[]) => fail(() => member.apply(target, values));
      },
    });
  const d1 = {
    prepare: (query: string) => wrap(DB.prepare(query)),
    batch: (statements: D1PreparedStatement[]) => fail(() => DB.batch(statements)),
  } as unknown as D1Database;
  return { d1, attempts: () => attempts };
}

const LOST = "D1_ERROR: Network connection lost.";
const OVERLOADED = "D1_ERROR: D1 DB is overloaded. Requests queued for too long.";
const TIMEOUT = "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.";

test.each([
  ["a batch", ({ d1, batch }: typeof db, text: string) => batch([d1.prepare("SELECT json(?1)").bind(text)])],
  ["a prepared statement", ({ d1 }: typeof db, text: string) => d1.prepare("SELECT json(?1)").bind(text).all()],
  ["Drizzle", ({ orm }: typeof db, text: string) => orm.run(sql`SELECT json(${text})`)],
])("what D1 refuses is invalid in %s, and an outage is unavailable there", async (_, run) => {
  expect(await kindOf(() => run(db, "{"))).toBe("invalid");
  expect(await kindOf(() => run(openDatabase(failing(TIMEOUT, 9).d1), "{}"))).toBe("unavailable");
});

test("a broken constraint and a wrong statement are invalid; a missing table waits for the migrations", async () => {
  const broken = () => db.orm.run(sql`INSERT INTO orgs (id, name) VALUES ('no-timezone', NULL)`);
  expect(await kindOf(broken)).toBe("invalid");
  expect(await kindOf(() => db.d1.prepare("SELEKT 1").all())).toBe("invalid");
  expect(await kindOf(() => db.d1.prepare("SELECT * FROM not_there_yet").all())).toBe("unavailable");
});

test("a full database is a kind of its own, and what is not recognised is an outage", () => {
  const kind = (message: string) => classifyDatabaseError(new Error(message)).kind;
  expect(kind("D1_ERROR: Exceeded maximum DB size.")).toBe("full");
  expect(kind("D1_ERROR: database or disk is full: SQLITE_FULL")).toBe("full");
  expect(kind("D1_ERROR: internal error; reference = abc")).toBe("unavailable");
});

test("a message that meets an outage or a full database is never given up; one that cannot be stored is, with the reason", () => {
  const fate = (message: string) => {
    const failure = databaseFailure(classifyDatabaseError(new Error(message)));
    return [disposition(failure, 1000, 0).kind, failure.detail];
  };
  expect(fate(LOST)[0]).toBe("wait");
  expect(fate("D1_ERROR: Exceeded maximum DB size.")[0]).toBe("wait");
  expect(fate("D1_ERROR: string or blob too big: SQLITE_TOOBIG")).toEqual([
    "dead",
    "the database refuses the statement (SQLITE_TOOBIG)",
  ]);
});

test("a read is repeated over a lost connection, whichever way it is made", async () => {
  for (const run of [
    ({ d1 }: typeof db) => d1.prepare("SELECT 1").bind().first(),
    ({ orm }: typeof db) => orm.select().from(orgs).limit(1),
    ({ d1, batch }: typeof db) => batch([d1.prepare("SELECT 1").bind()]),
  ]) {
    const { d1, attempts } = failing(LOST, 2);
    expect(await kindOf(() => run(openDatabase(d1)))).toBe("none");
    expect(attempts()).toBe(3);
  }
});

test("a write that may have taken effect is not repeated unless its caller says that it is idempotent", async () => {
  const insert = "UPDATE orgs SET name = name WHERE id = 'nobody'";
  const attemptsOf = async (message: string, run: (opened: typeof db) => PromiseLike<unknown>) => {
    const { d1, attempts } = failing(message, 9);
    await kindOf(() => run(openDatabase(d1)));
    return attempts();
  };
  expect(await attemptsOf(LOST, ({ d1 }) => d1.prepare(insert).bind().run())).toBe(1);
  expect(await attemptsOf(OVERLOADED, ({ d1 }) => d1.prepare(insert).bind().run())).toBe(3);
  expect(await attemptsOf(LOST, ({ d1, batch }) => batch([d1.prepare(insert).bind()]))).toBe(3);
});

test("nothing is repeated after a timeout, which would reset the database again", async () => {
  const { d1, attempts } = failing(TIMEOUT, 9);
  const opened = openDatabase(d1);
  await kindOf(() => opened.batch([opened.d1.prepare("SELECT 1").bind()]));
  expect(attempts()).toBe(1);
});
