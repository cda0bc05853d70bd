import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { PICO_MODULE, picoModule } from "../../scripts/console-assets.ts";
import { LIVE_SCRIPT } from "../../src/console/assets/live.ts";
import { STYLE } from "../../src/console/assets/style.ts";

test("the console's stylesheet is that of the pinned package (npm run console-assets)", () => {
  expect(readFileSync(PICO_MODULE, "utf8")).toBe(picoModule());
});

test("stylesheet and script are at most 20 KB compressed", () => {
  expect(gzipSync(STYLE).length + gzipSync(LIVE_SCRIPT).length).toBeLessThan(20 * 1024);
});
