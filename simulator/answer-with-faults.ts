import type { MiddlewareHandler } from "hono";
import { ApiError } from "./api/errors.ts";
import type { SimulatorCore } from "./core.ts";
import type { FaultRule } from "./fault-rules.ts";

/** The controls and the pages are not MyCase: no fault is injected into them, they are not slowed or logged. */
const OWN_PATHS = /^\/($|control(\/|$)|edit\/)/;

/** Injects the faults into every request to MyCase, and logs it. */
export function answerWithFaults(core: SimulatorCore, latencyMs: number): MiddlewareHandler {
  return async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    if (OWN_PATHS.test(pathname)) return next();
    const rule = core.faults.ruleFor(c.req.method, pathname);
    const wait = latencyMs + (rule?.latencyMs ?? 0);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const authorized = core.tokens.isAccess(bearerOf(c.req.raw));
    const instead = core.faults.maintenance ? maintenance() : answerInstead(rule);
    if (instead) c.res = instead;
    else await next();
    if (!instead && rule) c.res = await damaged(c.res, rule);
    c.header("date", new Date(core.now()).toUTCString());
    const { method } = c.req;
    core.log.add({ method, path: pathname, query: search, status: c.res.status, at: core.now(), authorized });
  };
}

/** The token of an `Authorization: Bearer` header, or the empty text. */
export function bearerOf(request: Request): string {
  return /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
}

function maintenance(): Response {
  return new ApiError(503, "Down for scheduled maintenance.").toResponse();
}

function answerInstead(rule: FaultRule | null): Response | null {
  if (rule?.malformed) {
    return new Response("<html><body>One moment, please</body></html>", { headers: { "content-type": "text/html" } });
  }
  if (rule?.status === undefined) return null;
  const headers = { "content-type": "application/json", ...rule.headers };
  const body = rule.body ?? JSON.stringify({ errors: [{ description: "Injected by the simulator." }] });
  return new Response(mayHaveBody(rule.status) ? body : null, { status: rule.status, headers });
}

function mayHaveBody(status: number): boolean {
  return ![101, 204, 205, 304].includes(status);
}

async function damaged(response: Response, rule: FaultRule): Promise<Response> {
  if (!rule.cutOff && rule.body === undefined && !rule.headers) return response;
  const text = rule.body ?? (await response.text());
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(rule.headers ?? {})) headers.set(name, value);
  const { status } = response;
  if (!mayHaveBody(status)) return new Response(null, { status, headers });
  return new Response(rule.cutOff ? text.slice(0, Math.floor(text.length / 2)) : text, { status, headers });
}
