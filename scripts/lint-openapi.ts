import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApi } from "../src/http/api.ts";
import { openApiDocument } from "../src/http/reference/openapi.ts";

// Lints the OpenAPI document that the Worker serves; any error or warning fails. Works without a network.
const NO_PAGES = { confirmFirm: () => Promise.reject(new Error("only the document is made here")) };
const folder = mkdtempSync(join(tmpdir(), "openapi-"));
try {
  const file = join(folder, "openapi.json");
  writeFileSync(file, JSON.stringify(openApiDocument(createApi(NO_PAGES)), null, 2));
  const { status } = spawnSync(join("node_modules", ".bin", "redocly"), ["lint", "--config=redocly.yaml", file], {
    stdio: "inherit",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
