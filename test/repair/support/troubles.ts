import type { FaultRule } from "../../../simulator/fault-rules.ts";
import type { World } from "../../support/world.ts";

/** What passes by itself: the run goes on with the page at which it struck. */
export const PASSING: Record<string, Omit<FaultRule, "path">> = {
  "a 429 that says when to come back": { status: 429, headers: { "retry-after": "0" } },
  "a burst of 500": { status: 500, times: 3 },
  "a burst of 503 that says when to come back": { status: 503, headers: { "retry-after": "1" }, times: 2 },
  "a 502 of a proxy, in HTML": { status: 502, body: "<html></html>", headers: { "content-type": "text/html" } },
  "an answer cut off": { cutOff: true },
  "HTML instead of JSON": { malformed: true },
};

/** The very next request of the API is answered so. */
export function strikeNext(world: World, trouble: Omit<FaultRule, "path">): void {
  world.simulator.faults.add({ path: "^/v1/", times: 1, ...trouble });
}
