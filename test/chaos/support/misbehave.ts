import type { FaultRule } from "../../../simulator/fault-rules.ts";
import type { ChaosWorld } from "./chaos-world.ts";
import { anyHost } from "./chaos-world.ts";

const PATHS = [
  "^/v1/",
  "^/v1/",
  "^/v1/(cases|clients)/",
  "^/v1/cases",
  "^/v1/cases/\\d+$",
  "^/v1/clients",
  "^/v1/staff",
  "^/v1/people_groups",
];

/** Rules that strike a few requests of MyCase's API. */
const RULES: ((world: ChaosWorld) => FaultRule)[] = [
  ({ dice }) => ({
    ...where(dice.pick(PATHS)),
    status: 429,
    headers: { "retry-after": String(dice.pick([1, 5, 60])) },
  }),
  ({ dice }) => ({ ...where(dice.pick(PATHS)), status: 429 }),
  ({ dice }) => ({ ...where(dice.pick(PATHS)), status: 500 }),
  ({ dice }) => ({ ...where(dice.pick(PATHS)), status: 503, headers: dice.chance(0.5) ? { "retry-after": "30" } : {} }),
  ({ dice }) => ({ ...where(dice.pick(PATHS)), cutOff: true }),
  ({ dice }) => ({ ...where(dice.pick(PATHS)), malformed: true }),
  ({ dice }) => ({
    ...where(dice.pick(PATHS)),
    status: 200,
    body: dice.pick(['{"id":"x"}', "{}", "7", "null", '{"errors":[]}']),
  }),
  ...[1, 2, 3].map((): ((world: ChaosWorld) => FaultRule) => emptyListing), // thrice as often: only a run meets it
  ({ dice }) => ({ ...where("^/tokens$"), status: dice.pick([500, 503]) }),
];

function emptyListing({ dice }: ChaosWorld): FaultRule {
  return { ...where(dice.pick(["^/v1/cases$", "^/v1/clients$", "^/v1/staff$"])), body: "[]" };
}

function where(path: string): FaultRule {
  return { path };
}

/** MyCase begins to do something wrong; what, in a word. */
export function misbehave(world: ChaosWorld): string {
  const { dice, simulator } = world;
  const { faults } = simulator.core;
  switch (
    dice.weighted({ rule: 16, token: 2, lostRefresh: 0.5, refresh: 1.5, pages: 3, shuffle: 1, hide: 5, clear: 1 })
  ) {
    case "rule": {
      const rule = { ...dice.pick(RULES)(world), times: dice.from(2, 6), after: dice.from(0, 1) };
      faults.add(rule);
      return JSON.stringify(rule);
    }
    case "token":
      faults.killAccessTokens();
      return "access tokens die";
    case "refresh":
      faults.add({ path: "^/tokens$", status: 503, times: dice.from(1, 3) });
      faults.killAccessTokens();
      return "access tokens die, and refreshing fails";
    case "lostRefresh":
      faults.loseRefreshAnswer(1);
      faults.killAccessTokens();
      return "access tokens die, and the answer to the refresh is lost";
    case "pages":
      faults.largestPage = dice.from(1, 3);
      faults.truncateListings = dice.chance(0.5);
      return `pages of ${faults.largestPage}${faults.truncateListings ? ", listings truncated" : ""}`;
    case "shuffle":
      faults.shuffleArrays = true;
      return "arrays shuffled";
    case "hide": {
      const id = dice.pick([...simulator.firm.cases.keys()]);
      faults.hideCase(id, dice.pick([403, 404]));
      world.hidden.add(id);
      return `case ${id} hidden`;
    }
    case "clear":
      faults.clear();
      return "MyCase is well again";
  }
}

/** One of the workers will die over one of its next calls. */
export function sentence(world: ChaosWorld): string {
  const steps = world.dice.from(0, 40);
  anyHost(world).killAfter(steps);
  return `a worker dies in ${steps} steps`;
}
