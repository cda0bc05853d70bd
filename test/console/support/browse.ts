import { ask, keyFor } from "../../support/api.ts";
import type { World } from "../../support/world.ts";

/** Names and values in their order, as a browser sends them. */
export type Form = [name: string, value: string][];

export interface Browser {
  get(path: string): Promise<{ status: number; text: string }>;
  /** Sends a form; `origin` is the page's own unless another site sends it. */
  post(
    path: string,
    options?: { origin?: string; form?: Form },
  ): Promise<{ status: number; text: string; location: string | null }>;
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
    async post(path, { origin = own, form: fields = [] } = {}) {
      const headers = { cookie, ...form(origin) };
      const body = new URLSearchParams(fields).toString();
      const answer = await ask(world, "POST", path, { key: null, body, headers });
      return { status: answer.status, text: String(answer.body), location: answer.headers.get("location") };
    },
  };
}

const text = (escaped: string) =>
  escaped.replace(
    /&(quot|#39|lt|gt|amp);/g,
    (_, name) => ({ quot: '"', "#39": "'", lt: "<", gt: ">" })[name as string] ?? "&",
  );

/** What a browser would send of the page's forms: inputs as they are, the chosen option of each select. */
export function formIn(page: string): Form {
  const controls = page.matchAll(/<input ([^>]*)>|<select ([^>]*)>(.*?)<\/select>/gs);
  return [...controls].flatMap(([, input, select, options = ""]) => {
    const attributes = input ?? select ?? "";
    const name = / ?name="([^"]*)"/.exec(attributes)?.[1];
    const unchecked = /type="(checkbox|radio)"/.test(attributes) && !/ checked/.test(attributes);
    if (name === undefined || unchecked) return [];
    const chosen = /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    const value = input === undefined ? chosen?.[1] : / ?value="([^"]*)"/.exec(attributes)?.[1];
    return [[name, text(value ?? "")] as [string, string]];
  });
}
