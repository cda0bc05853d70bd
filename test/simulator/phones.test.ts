import { expect, test } from "vitest";
import { createSimulator } from "../../simulator/simulator.ts";
import { toE164 } from "../../src/mapping/phone.ts";

test("R33: simulated people have numbers that some numbering plan assigns, but for those that are not a number at all", () => {
  const { clients } = createSimulator({ cases: 300, delivery: "manual" }).firm;
  const texts = [...clients.values()]
    .map((client) => client.cell_phone_number ?? "")
    .filter((text) => text.trim() !== "");
  const unread = texts.filter((text) => toE164(text, "US") === null);
  expect(texts.length).toBeGreaterThan(100);
  expect([...new Set(unread)]).toEqual(["call the office"]);
});
