import { z } from "@hono/zod-openapi";

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ description: "Stable; for programs." }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi("Problem", {
    example: {
      type: "urn:mycase-sync:problem:not_connected",
      title: "Conflict",
      status: 409,
      detail: "The org has no connection to MyCase.",
      code: "not_connected",
    },
  });

export const orgParam = z.object({ org: z.string().openapi({ param: { name: "org", in: "path" }, example: "demo" }) });

/** MyCase's id in a path. */
export function idParam<N extends string>(name: N) {
  const id = z.coerce
    .number()
    .int()
    .positive()
    .openapi({ type: "integer", param: { name, in: "path" }, example: 20000001 });
  return orgParam.extend({ [name]: id } as { [K in N]: typeof id });
}

export const textParam = <N extends string>(name: N, example: string) => {
  const text = z.string().openapi({ param: { name, in: "path" }, example });
  return orgParam.extend({ [name]: text } as { [K in N]: typeof text });
};

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).openapi({ type: "integer", description: "1 to 200" }),
  cursor: z.string().optional().openapi({ description: "`next_cursor` of the page before" }),
});

/** A flag in a query. */
export const flagQuery = z.enum(["true", "false"]).transform((text) => text === "true");

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() });
}

export const nullableText = z.string().nullable();
export const instant = z.string().openapi({ format: "date-time", example: "2026-11-23T17:00:00.000Z" });
