import type { Hook } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { Problem } from "./problem.ts";

/** Answers what the schemas refuse: 422 for a body, 400 for parameters and query, with the places. */
export const invalidInput: Hook<unknown, AppEnv, string, unknown> = (result) => {
  if (result.success) return;
  const inBody = result.target === "json";
  const errors = result.error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys" && result.target === "query") {
      return issue.keys.map((path) => ({ path, message: "Unknown parameter" }));
    }
    return [{ path: issue.path.map(String).join("."), message: issue.message }];
  });
  const detail = errors.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join("; ");
  throw new Problem(inBody ? 422 : 400, "invalid_request", detail.slice(0, 2000), { errors });
};
