import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problems/problem.ts";

/** Answers 405 with the methods there are where the address exists and the method does not. */
export function wrongMethod(app: OpenAPIHono<AppEnv>) {
  return methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => methodProblem(c, methods, "method_not_allowed", "Method not allowed"),
  });
}

export function methodProblem(c: Context, methods: string[], code: string, detail: string): Response {
  const response = problem(c, 405, code, detail);
  response.headers.set("allow", [...methods].sort().join(", "));
  return response;
}
