import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { createApp } from "../../src/http/app.ts";
import { openApiDocument } from "../../src/http/reference/openapi.ts";
import { createAnswerCheck } from "./openapi-check.ts";
import type { World } from "./world.ts";

const ADMIN = "admin-key-for-tests";
const app = createApp();
const checkAnswer = createAnswerCheck(openApiDocument(app));

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

export interface Ask {
  key?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * Asks the API of a world as a caller would; the admin key unless another, or none, is given. An answer that the OpenAPI
 * document does not describe fails the test.
 */
export async function ask(
  world: World,
  method: string,
  path: string,
  { key = ADMIN, body, headers = {} }: Ask = {},
): Promise<Answer> {
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const request = new Request(`http://sync.test${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    redirect: "manual",
  });
  const context = createExecutionContext();
  const response = await app.fetch(request, world.env, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  const contentType = response.headers.get("content-type") ?? "";
  const answer = { status: response.status, body: /\bjson\b/.test(contentType) ? JSON.parse(text) : text };
  checkAnswer({ method, path, contentType, ...answer });
  return { ...answer, headers: response.headers };
}

/** A key of the world's org with these scopes. */
export async function keyFor(world: World, ...scopes: string[]): Promise<string> {
  const { body } = await ask(world, "POST", `/v1/orgs/${world.org}/api-keys`, { body: { name: "test", scopes } });
  return body.key;
}

/** The OpenAPI document. */
export function openApi() {
  return openApiDocument(app);
}

/** Every address that the app answers at. */
export function routes() {
  return app.routes;
}
