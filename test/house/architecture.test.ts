import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { cronExpressions, intervalMs } from "../../scripts/local-cron.ts";
import { POLL_INTERVAL_MS } from "../../src/domain/poll-interval.ts";

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

/** Every import of a file; relative ones as paths from the project's top, packages by their name. */
function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^(import|export) (type )?[^;]*?from "([^"]+)"/gm)].map(([, , type, to]) => ({
    from: file,
    to: to?.startsWith(".") ? normalize(join(dirname(file), to)) : String(to),
    typeOnly: type !== undefined,
  }));
}

const imports = filesIn("src").flatMap(importsOf);
const room = (path: string) => /^src\/([^/]+)/.exec(path)?.[1] ?? path;

/** What each room and each file beside the rooms may import of the others: the table of docs/decisions/0002-rooms.md. */
const MAY = Object.fromEntries(
  [...readFileSync("docs/decisions/0002-rooms.md", "utf8").matchAll(/^\| `([\w.]+)` +\|[^|]+\|([^|]+)\|/gm)].map(
    ([, name, allowed]) => [
      String(name),
      [...String(allowed).matchAll(/`([\w.]+)`/g)].map(([, other]) => String(other)),
    ],
  ),
);

describe("imports point down", () => {
  test("every room and every file beside the rooms has a line in the table, and every line is one of them", () => {
    expect(Object.keys(MAY).sort()).toEqual(readdirSync("src").sort());
  });

  test.each(Object.entries(MAY))("%s imports, types included, only %j", (name, allowed) => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      if (room(from) !== name || !to.startsWith("src/") || room(to) === name || allowed.includes(room(to)))
        return false;
      if (from === "src/http/app.ts" && room(to) === "console") return false; // it mounts both
      if (from === "src/domain/rows.ts" && to.startsWith("src/db/schema/") && typeOnly) return false; // the schema is the one list of columns
      return !(name === "mapping" && to.startsWith("src/mycase/wire/") && typeOnly);
    });
    expect(
      wrong.map(({ from, to }) => `${from} imports ${to}: imports point down, see docs/decisions/0002-rooms.md`),
    ).toEqual([]);
  });

  test.each([
    ["sync", /^(hono|drizzle-orm|@hono\/|cloudflare:)/, "sync knows neither Hono nor Drizzle nor the platform"],
    ["mapping", /^(hono|drizzle-orm|zod$|cloudflare:)/, "the mapping is pure (document.ts alone knows zod)"],
    ["http", /^drizzle-orm/, "http asks read models and verbs, never the database"],
    ["console", /^drizzle-orm/, "the console shows what it is given"],
    ["domain", /^(hono|drizzle-orm|cloudflare:)/, "the domain knows no technology"],
  ])("%s stays away from what is not its own", (name, forbidden, law) => {
    const wrong = imports.filter(
      ({ from, to }) => room(from) === name && forbidden.test(to) && from !== "src/mapping/document/schema.ts",
    );
    expect(wrong.map(({ from, to }) => `${from} imports ${to}: ${law}`)).toEqual([]);
  });

  test("http, console, queue and cron never call the MyCase client themselves", () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) =>
        /^src\/(http|console|queue|cron)\//.test(from) && to === "src/mycase/client/client.ts" && !typeOnly,
    );
    expect(wrong).toEqual([]);
  });

  test("the simulator and the product do not know each other", () => {
    const both = [...imports, ...filesIn("simulator").flatMap(importsOf)];
    const wrong = both.filter(
      ({ from, to }) =>
        from.startsWith("src/") !== to.startsWith("src/") &&
        (to.startsWith("simulator/") || (to.startsWith("src/") && from.startsWith("simulator/"))),
    );
    expect(wrong).toEqual([]);
  });
});

/** Files that import each other in a circle, imports of types counted: the strongly connected parts (Tarjan). */
function circlesIn(graph: ReadonlyMap<string, string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.size - 1);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}

/** Relative imports of a file, `import("...")` types among them. */
function relativeImports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const paths = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)"(\.[^"]+)"/gm);
  return [...paths].map(([, path]) => normalize(join(dirname(file), String(path))));
}

test("no files import each other in a circle, not even for types", () => {
  expect(
    circlesIn(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["b"]],
      ]),
    ),
  ).toEqual([["b", "c"]]);
  const circles = circlesIn(new Map(filesIn("src").map((file) => [file, relativeImports(file)])));
  expect(circles).toEqual([]);
});

/** Drizzle wants all tables in one module. */
const FORWARDING = ["src/db/schema/index.ts"];

describe("files", () => {
  const own = [...filesIn("src"), ...filesIn("simulator")];

  test("have at most 250 lines; those of scripts and the benchmark too, tests 450", () => {
    const linesOf = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n").length;
    const long = [...own, ...filesIn("scripts"), ...filesIn("bench")].filter((file) => linesOf(file) > 250);
    expect([...long, ...filesIn("test").filter((file) => linesOf(file) > 450)]).toEqual([]);
  });

  test("lie in folders of at most 24", () => {
    const folders = Map.groupBy(own, dirname);
    expect([...folders].filter(([, files]) => files.length > 24).map(([folder]) => folder)).toEqual([]);
  });

  test("have words of their own: none only forwards what another file exports", () => {
    const forwards = (file: string) =>
      readFileSync(file, "utf8")
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
        .replace(/^(import|export)\s[^;]*?\sfrom\s"[^"]+";$/gm, "")
        .trim() === "";
    expect(own.filter((file) => !FORWARDING.includes(file)).filter(forwards)).toEqual([]);
  });

  test("of src say what they hold: no `any`, no cast through `unknown` or `never`", () => {
    const cast = (file: string) => /\bas (never|any|unknown as)\b|[:<] ?any\b(?! )/.test(readFileSync(file, "utf8"));
    expect(filesIn("src").filter(cast)).toEqual([]);
  });

  test("are named after what they do", () => {
    expect(own.filter((file) => /(utils?|helpers?|manager|misc|common)/.test(file))).toEqual([]);
  });

  test("only config.ts reads the environment's variables", () => {
    const wrong = filesIn("src").filter(
      (file) =>
        file !== "src/config.ts" &&
        /\benv\.(MYCASE_[A-Z_]*(URL|ID|SECRET|SECOND)|PUBLIC_URL|ADMIN_API_KEY|ENCRYPTION_KEY)/.test(
          readFileSync(file, "utf8"),
        ),
    );
    expect(wrong).toEqual([]);
  });
});

test("the cron expressions of wrangler.toml are those that tick.ts knows, and one of them is the interval of polls", () => {
  const ticks = [...readFileSync("src/cron/tick.ts", "utf8").matchAll(/^ {2}"([^"]+)": \w+,$/gm)].map(
    ([, cron]) => cron,
  );
  expect(cronExpressions()).toEqual(ticks);
  expect(cronExpressions().map(intervalMs)).toContain(POLL_INTERVAL_MS);
});
