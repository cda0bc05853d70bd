import { expect, test } from "vitest";
import { createWorld, MAPPING } from "../support/world.ts";

test("connecting imports the firm: its cases are projects, their people contacts and team members", async () => {
  const world = await createWorld({ cases: 40 });
  await world.setMapping(MAPPING);
  await world.connect();
  await world.drain();

  const runs = await world.rows("runs");
  expect(runs.map((run) => [run.kind, run.state, run.errors])).toEqual([["backfill", "succeeded", "[]"]]);
  const cases = [...world.simulator.firm.cases.values()];
  const mapped = new Set(MAPPING.project_types.flatMap((type) => type.values));
  const expected = cases
    .filter((one) => one.practice_area !== null && mapped.has(one.practice_area))
    .map((one) => one.id);
  const projects = await world.rows("projects");
  expect(projects.map((row) => row.case_id).sort()).toEqual(expected.sort());
  expect(projects.length).toBeGreaterThan(5);
  expect(await world.rows("mycase_cases")).toHaveLength(40);
  expect((await world.rows("contacts")).length).toBeGreaterThan(3);
  expect((await world.rows("team_members")).length).toBeGreaterThan(3);
});
