import { expect, test } from "vitest";
import { queueRole } from "../../src/queue/queue-role.ts";

test.each([
  ["mycase-sync-live", "live"],
  ["mycase-sync-bulk", "bulk"],
  ["mycase-sync-dead", "dead"],
  ["second-installation-dead", "dead"],
])("the queue %s has the role of its suffix: %s", (name, role) => {
  expect(queueRole(name)).toBe(role);
});

test.each(["mycase-sync", "live", "mycase-sync-lives", ""])("the queue '%s' has no role: it throws", (name) => {
  expect(() => queueRole(name)).toThrow("no consumer");
});
