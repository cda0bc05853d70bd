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

const LISTINGS = ["^/v1/cases$", "^/v1/clients$", "^/v1/staff$"];

type Rule = (world: ChaosWorld) => FaultRule;

const at = (path: string): FaultRule => ({ path });

/** Rules that affect a few requests of MyCase's API. */
const RULES: Rule[] = [
  ({ dice }) => ({ ...at(dice.pick(PATHS)), status: 429, headers: { "retry-after": String(dice.pick([1, 5, 60])) } }),
  ({ dice }) => ({ ...at(dice.pick(PATHS)), status: 429 }),
  ({ dice }) => ({ ...at(dice.pick(PATHS)), status: 500 }),
  ({ dice }) => ({ ...at(dice.pick(PATHS)), status: 503, headers: dice.chance(0.5) ? { "retry-after": "30" } : {} }),
  ({ dice }) => ({ ...at(dice.pick(PATHS)), cutOff: true }),
  ({ dice }) => ({ ...at(dice.pick(PATHS)), malformed: true }),
  ({ dice }) => ({ ...at("^/tokens$"), status: dice.pick([500, 503]) }),
];

/** Answers that look good and are not true: only a later listing repairs what they did. */
const FALSE_ANSWERS: Rule[] = [
  ({ dice }) => ({
    ...at(dice.pick(PATHS)),
    status: 200,
    body: dice.pick(['{"id":"x"}', "{}", "7", "null", '[{"id":0}]']),
  }),
  ...[1, 2, 3, 4].map(
    (): Rule =>
      ({ dice }) => ({ ...at(dice.pick(LISTINGS)), body: "[]" }),
  ), // more often: only a run meets it
];

const KINDS = {
  rule: 14,
  falseAnswer: 10,
  token: 2,
  refresh: 2,
  lostRefresh: 2,
  pages: 3,
  links: 5,
  shuffle: 1,
  hide: 5,
  clear: 1,
};

/** MyCase begins to do something wrong; returns what. A faithful one gives no false answers. */
export function misbehave(world: ChaosWorld): string {
  const { dice, simulator, faithful } = world;
  const { faults } = simulator;
  switch (dice.weighted(faithful ? { ...KINDS, falseAnswer: 0, hide: 0 } : KINDS)) {
    case "rule":
      return addRule(world, RULES);
    case "falseAnswer":
      return addRule(world, FALSE_ANSWERS);
    case "token":
      faults.revokeAccessTokens();
      return "access tokens die";
    case "refresh":
      faults.add({ path: "^/tokens$", status: 503, times: dice.from(1, 3) });
      faults.revokeAccessTokens();
      return "access tokens die, and refreshing fails";
    case "lostRefresh":
      faults.loseRefreshAnswer(1);
      faults.revokeAccessTokens();
      return "access tokens die, and the answer to the refresh is lost";
    case "pages":
      faults.largestPage = dice.from(1, 3);
      faults.truncateListings = dice.chance(0.3);
      return `pages of ${faults.largestPage}${faults.truncateListings ? ", listings truncated" : ""}`;
    case "links":
      faults.largestPage = 2;
      world.linksExpireAfter = dice.from(1, 4);
      return "page links are about to expire";
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

function addRule(world: ChaosWorld, rules: Rule[]): string {
  const { dice, simulator } = world;
  const rule = { ...dice.pick(rules)(world), times: dice.from(1, 4), after: dice.from(0, 1) };
  simulator.faults.add(rule);
  return JSON.stringify(rule);
}

/** One of the workers will die over one of its next calls. */
export function killWorker(world: ChaosWorld): string {
  const steps = world.dice.from(0, 40);
  anyHost(world).killAfter(steps);
  return `a worker dies in ${steps} steps`;
}
