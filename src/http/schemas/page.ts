import { z } from "@hono/zod-openapi";

/** One page of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    data: z.array(item).openapi({ description: "The rows of this page" }),
    next_cursor: z
      .string()
      .nullable()
      .openapi({ description: "Send it as `cursor` for the next page; null on the last" }),
  });
}
