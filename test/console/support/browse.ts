import { ask, keyFor } from "../../support/api.ts";
import type { World } from "../../support/world.ts";

export interface Browser {
  get(path: string): Promise<{ status: number; text: string }>;
  /** Sends a form; `origin` is the page's own unless another site sends it. */
  post(path: string, origin?: string): Promise<{ status: number; text: string; location: string | null }>;
}

/** A browser logged in with a key of the world's org that has this scope. */
export async function logIn(world: World, scope: string): Promise<Browser> {
  const form = (origin: string) => ({ origin, "content-type": "application/x-www-form-urlencoded" });
  const own = "http://sync.test";
  const key = await keyFor(world, scope);
  const body = `key=${encodeURIComponent(key)}`;
  const login = await ask(world, "POST", "/console/login", { key: null, body, headers: form(own) });
  const cookie = String(login.headers.get("set-cookie")).split(";")[0] ?? "";
  return {
    async get(path) {
      const { status, body } = await ask(world, "GET", path, { key: null, headers: { cookie } });
      return { status, text: String(body) };
    },
    async post(path, origin = own) {
      const headers = { cookie, ...form(origin) };
      const answer = await ask(world, "POST", path, { key: null, body: "", headers });
      return { status: answer.status, text: String(answer.body), location: answer.headers.get("location") };
    },
  };
}
