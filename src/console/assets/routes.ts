import { createHash } from "node:crypto";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../../http/app-env.ts";
import { LIVE_SCRIPT } from "./live.ts";
import { STYLE } from "./style.ts";

function asset(name: string, extension: string, type: string, text: string) {
  const hash = createHash("sha256").update(text).digest("base64url").slice(0, 12);
  return { path: `/console/assets/${name}.${hash}.${extension}`, type, text };
}

const style = asset("style", "css", "text/css; charset=utf-8", STYLE);
const script = asset("live", "js", "text/javascript; charset=utf-8", LIVE_SCRIPT);

export const STYLE_PATH = style.path;
export const SCRIPT_PATH = script.path;

/** Stylesheet and script; their addresses change with their content, so that browsers may keep them. */
export function registerAssets(app: OpenAPIHono<AppEnv>): void {
  for (const { path, type, text } of [style, script])
    app.get(path, (c) =>
      c.body(text, 200, { "content-type": type, "cache-control": "public, max-age=31536000, immutable" }),
    );
}
