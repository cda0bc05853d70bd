import { customType } from "drizzle-orm/sqlite-core";

/** A column of JSON. Text that is not JSON, left by an edit by hand, is unlike every value, so that the next sync repairs it. */
export function json<T>() {
  return customType<{ data: T; driverData: string }>({
    dataType: () => "text",
    toDriver: (value) => JSON.stringify(value),
    fromDriver(text) {
      try {
        return JSON.parse(text);
      } catch (error) {
        if (error instanceof SyntaxError) return { unreadable: text };
        throw error;
      }
    },
  })();
}
