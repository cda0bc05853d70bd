import { getTableColumns } from "drizzle-orm";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";

/** What a write stamps by itself: the org, its revision, and the time. */
type Stamp = "org_id" | "version" | "synced_at";
const STAMPS: readonly string[] = ["org_id", "version", "synced_at"] satisfies Stamp[];

type Row = Record<string, unknown>;
type RowOf<T extends SQLiteTable> = T["$inferSelect"];

/** Columns of one table, for set-based statements that are written by hand. */
export interface Selection<R> {
  /** The columns as a SELECT lists them, of the table under this alias. */
  of(alias: string): string;
  /** A row as SQLite gives it, with its flags and its JSON read in place. */
  read(row: Row): R;
}

/** All columns but those that a write stamps by itself, and those named. */
export function unstamped<T extends SQLiteTable, K extends keyof RowOf<T> & string = never>(
  table: T,
  ...without: K[]
): Selection<Omit<RowOf<T>, Stamp | K>> {
  const left: readonly string[] = [...STAMPS, ...without];
  return selection(
    table,
    columnNames(table).filter((name) => !left.includes(name)),
  );
}

export function pick<T extends SQLiteTable, K extends keyof RowOf<T> & string>(
  table: T,
  ...names: K[]
): Selection<Pick<RowOf<T>, K>> {
  return selection(table, names);
}

function selection<R>(table: SQLiteTable, names: string[]): Selection<R> {
  const converted = Object.entries(getTableColumns(table)).filter(
    ([name, { dataType }]) => names.includes(name) && dataType !== "string" && dataType !== "number",
  );
  return {
    of: (alias) => names.map((name) => `${alias}.${name}`).join(", "),
    read(row) {
      for (const [name, column] of converted) {
        const value = row[name];
        if (value !== null) row[name] = column.mapFromDriverValue(value);
      }
      return row as R; // the schema says so of exactly these columns
    },
  };
}

export function columnNames(table: SQLiteTable): string[] {
  return Object.keys(getTableColumns(table));
}

/** The names of the primary key's columns. */
export function keyOf(table: SQLiteTable): string[] {
  return getTableConfig(table).primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
}
