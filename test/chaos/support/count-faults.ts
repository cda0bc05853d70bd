import type { FaultRule } from "../../../simulator/fault-rules.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import type { Fault } from "./tally.ts";

const plainFetch = globalThis.fetch;
let listener: ChaosWorld | null = null;

/** Counts the faults of this world's simulator as they are injected, and delays some of its answers. */
export function countFaults(world: ChaosWorld): void {
  listener = world;
  const { faults } = world.simulator;
  const strike = faults.ruleFor.bind(faults);
  faults.ruleFor = (method, path) => {
    const rule = strike(method, path);
    const fault = rule && faultOf(rule);
    if (fault) world.shared.tally.injected(fault);
    return rule;
  };
}

globalThis.fetch = (async (input: RequestInfo | URL, init?: RequestInit) => {
  const world = listener;
  const asked = new Request(input as RequestInfo, init);
  const url = new URL(asked.url);
  const answer = await plainFetch(asked);
  if (!world || url.hostname !== "mycase.test") return answer;
  if (answer.headers.has("link") && world.linksExpireAfter !== null) expireLinks(world, world.linksExpireAfter - 1);
  const fault = faultIn(world, url, answer);
  if (fault) world.shared.tally.injected(fault);
  const wanted = world.underway.holdNext === url.pathname;
  if (wanted) world.underway.holdNext = null;
  if (wanted || world.dice.chance(world.shared.trouble.slowAnswer)) {
    world.shared.tally.injected("answer slow");
    await world.underway.hold(world.dice.from(1, 5));
  }
  return answer;
}) as typeof fetch;

function expireLinks(world: ChaosWorld, left: number): void {
  world.linksExpireAfter = left > 0 ? left : null;
  if (left <= 0) world.simulator.expirePageLinks();
}

function faultOf(rule: FaultRule): Fault | null {
  if (rule.cutOff) return "answer cut off";
  if (rule.malformed) return "answer malformed";
  if (rule.body === "[]" && rule.status === undefined) return "listing empty";
  if (rule.body !== undefined) return "answer of another shape";
  return null;
}

/** What can only be seen in the answer. */
function faultIn(world: ChaosWorld, { pathname, search }: URL, answer: Response): Fault | null {
  const { faults } = world.simulator;
  const { status, headers } = answer;
  if (pathname === "/tokens") {
    if (status === 502) return "refresh answer lost"; // the simulator's own status for it; ours is 503
    return status >= 500 ? "refresh answered 5xx" : null;
  }
  if (status === 429)
    return headers.has("retry-after") ? "answer 429 with Retry-After" : "answer 429 without Retry-After";
  if (status === 500) return "answer 500";
  if (status === 503) return "answer 503";
  if (status === 401) return "access token refused";
  if (status === 400 && search.includes("page_token")) return "page link expired";
  const id = Number(/^\/v1\/cases\/(\d+)$/.exec(pathname)?.[1]);
  if (faults.hiddenCases.has(id)) return "case out of sight";
  if (faults.truncateListings && Number(headers.get("item-count")) > faults.largestPage) return "listing truncated";
  return faults.shuffleArrays ? "arrays shuffled" : null;
}
