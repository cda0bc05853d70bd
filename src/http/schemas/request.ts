import { z } from "@hono/zod-openapi";

/** The org in a path. */
export const orgParam = z.object({
  org: z.string().openapi({ param: { name: "org", in: "path" }, description: "Id of the org", example: "demo" }),
});

/** MyCase's id in a path. */
export function idParam<N extends string>(name: N, description: string, example = 20000001) {
  const id = z.coerce
    .number()
    .int()
    .positive()
    .openapi({ type: "integer", param: { name, in: "path" }, description, example });
  return orgParam.extend({ [name]: id } as { [K in N]: typeof id });
}

/** An id of ours in a path. */
export function textParam<N extends string>(name: N, description: string, example: string) {
  const text = z.string().openapi({ param: { name, in: "path" }, description, example });
  return orgParam.extend({ [name]: text } as { [K in N]: typeof text });
}

/** Position and size of a page. */
export const pageQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .openapi({ type: "integer", description: "Rows of a page, 1 to 200" }),
  cursor: z.string().optional().openapi({ description: "`next_cursor` of the previous page" }),
});

/** A whole number in a query. */
export function numberQuery(description: string, min = 1) {
  return z.coerce.number().int().min(min).optional().openapi({ type: "integer", description });
}

/** A flag in a query. */
export function flagQuery(description: string) {
  return z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional()
    .openapi({ description });
}

export function textQuery(description: string, example?: string) {
  return z
    .string()
    .optional()
    .openapi({ description, ...(example === undefined ? {} : { example }) });
}
