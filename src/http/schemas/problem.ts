import { z } from "@hono/zod-openapi";
import { int, text } from "./values.ts";

const inputError = z.object({
  path: text("Where, as names joined by dots; empty for the whole body"),
  message: text("What is wrong with it"),
});

/** Every refusal and failure (RFC 9457). Some codes add members. */
export const problemSchema = z
  .looseObject({
    type: text("URN of the kind of problem"),
    title: text("The meaning of the status"),
    status: int("The HTTP status"),
    detail: text("What went wrong, for people"),
    code: text("What went wrong, for programs; stable"),
    errors: z.array(inputError).optional().openapi({ description: "Invalid places of the input" }),
  })
  .openapi("Problem", {
    example: {
      type: "urn:mycase-sync:problem:not_connected",
      title: "Conflict",
      status: 409,
      detail: "The org has no connection to MyCase",
      code: "not_connected",
    },
  });
