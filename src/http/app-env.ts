import type { RequestIdVariables } from "hono/request-id";
import type { ApiKeyScope } from "../db/stores/api-key-store.ts";
import type { Env } from "../env.ts";
import type { Services } from "../services.ts";

/** Who sent the request: the admin key opens every org, any other key its own. */
export type Principal =
  | { kind: "admin"; id: "admin" }
  | { kind: "key"; id: string; org: string; scopes: ApiKeyScope[] };

export interface AppEnv {
  Bindings: Env;
  Variables: RequestIdVariables & {
    services: Services;
    principal: Principal;
  };
}
