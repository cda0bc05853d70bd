import { expect, test } from "vitest";
import { mapping } from "./support/mapping.ts";
import { deleted, malformed, staffRecord } from "./support/records.ts";
import { World } from "./support/world.ts";

function staff(...ids: number[]) {
  return { staff: ids.map((id) => ({ id, lead_lawyer: false, originating_lawyer: false })) };
}

test("R43-R46: every staff member of a project is a team member with MyCase's fields and the case's flags", () => {
  const world = new World().withStaff(3, { home_phone_number: "760-555-1234", cell_phone_number: "" }).withStaff(2);
  world.withCase(1, {
    staff: [
      { id: 3, lead_lawyer: true, originating_lawyer: false },
      { id: 2, lead_lawyer: false, originating_lawyer: true },
    ],
  });
  expect(world.outcomeOf(1).team).toEqual([
    { staff_id: 2, lead_lawyer: false, originating_lawyer: true },
    { staff_id: 3, lead_lawyer: true, originating_lawyer: false },
  ]);
  expect(world.tables.members.get(3)).toEqual({
    staff_id: 3,
    first_name: "Staff3",
    last_name: "Member3",
    title: "Attorney",
    email: "staff3@example.com",
    phone: "+17605551234",
    phone_raw: "760-555-1234",
    phone_source: "home",
    active: true,
    role: "attorney",
    visible: true,
    visibility_override: null,
  });
});

test("R44: a member's name, title and email follow MyCase; blank is none", () => {
  const world = new World().withStaff(3).withCase(1, staff(3));
  world.sync();
  world.withStaff(3, { first_name: "Grace", last_name: "Hopper", title: "Partner", email: "" }).sync();
  const followed = { first_name: "Grace", last_name: "Hopper", title: "Partner", email: null };
  expect(world.tables.members.get(3)).toMatchObject(followed);
});

test("R45: the lead lawyer of a case is a flag of the link, and moves with MyCase's", () => {
  const world = new World().withStaff(3).withStaff(4);
  const ledBy = (lead: number) => ({
    staff: [3, 4].map((id) => ({ id, lead_lawyer: id === lead, originating_lawyer: false })),
  });
  world.withCase(1, ledBy(3)).withCase(2, ledBy(4)).sync();
  const leads = () => [...world.tables.teamLinks.values()].filter((one) => one.lead_lawyer);
  expect(leads().map(({ case_id, staff_id }) => [case_id, staff_id])).toEqual([
    [1, 3],
    [2, 4],
  ]);
  world.withCase(1, ledBy(4)).sync();
  expect(leads().map(({ case_id, staff_id }) => [case_id, staff_id])).toEqual([
    [1, 4],
    [2, 4],
  ]);
});

test("R46: the originating lawyer is a flag of its own, beside the lead lawyer's", () => {
  const world = new World()
    .withStaff(3)
    .withCase(1, { staff: [{ id: 3, lead_lawyer: true, originating_lawyer: true }] });
  world.sync();
  world.withCase(1, { staff: [{ id: 3, lead_lawyer: true, originating_lawyer: false }] }).sync();
  expect([...world.tables.teamLinks.values()]).toMatchObject([{ lead_lawyer: true, originating_lawyer: false }]);
});

test("R48: staff only of cases that did not become projects are not created", () => {
  const world = new World().withStaff(3).withCase(1, { practice_area: "Tax", ...staff(3) });
  world.sync();
  expect(world.tables.members.size).toBe(0);
});

test("R47, D9: un-assigned, the link goes and the member stays; inactive is hidden and keeps its role", () => {
  const world = new World().withStaff(3).withCase(1, staff(3));
  world.sync();
  world.withStaff(3, { active: false }).sync();
  expect(world.tables.members.get(3)).toMatchObject({ active: false, role: "attorney", visible: false });
  expect(world.teamOf(1)).toEqual([3]);
  world.withCase(1).sync();
  expect(world.teamOf(1)).toEqual([]);
  world.withStaff(3, { first_name: "Grace" }).sync();
  expect(world.tables.members.get(3)).toMatchObject({ first_name: "Grace", active: true, visible: true });
});

test("D9: a staff member that MyCase deleted is inactive", () => {
  const world = new World().withStaff(3).withCase(1, staff(3));
  world.sync();
  world.firm.staff.set(3, deleted(staffRecord(3)));
  world.sync();
  expect(world.tables.members.get(3)).toMatchObject({ active: false, visible: false, role: "attorney" });
});

test("R50, R51, R55: a title that no role maps is not visible, and a sync creates no role", () => {
  const world = new World().withStaff(3, { title: "Paralegal" }).withStaff(4, { title: null }).withCase(1, staff(3, 4));
  const made = world.outcomeOf(1);
  expect(made.team_decisions.map(({ code, role, visible }) => [code, role, visible])).toEqual([
    ["role_not_created", null, false],
    ["role_not_created", null, false],
  ]);
  expect([...world.tables.members.values()].map((one) => [one.role, one.visible])).toEqual([
    [null, false],
    [null, false],
  ]);
});

test("R52, R57: the role is computed from the title at each sync; losing a mapped title loses the role", () => {
  const world = new World().withStaff(3, { title: "Partner" }).withCase(1, staff(3));
  world.sync();
  expect(world.tables.members.get(3)).toMatchObject({ role: "attorney", visible: true });
  world.withStaff(3, { title: "Of Counsel" }).sync();
  expect(world.tables.members.get(3)).toMatchObject({ role: null, visible: false, title: "Of Counsel" });
});

test("R53: a change of roles applies to everyone already pulled", () => {
  const world = new World().withStaff(3, { title: "Paralegal" }).withCase(1, staff(3));
  world.sync();
  world.withMapping(mapping({ team_roles: [{ key: "para", name: "Paralegal", titles: ["Paralegal"] }] })).sync();
  expect(world.tables.members.get(3)).toMatchObject({ role: "para", visible: true });
});

test.each(["Associate Attorney", "attorney", "Attorney ", "Attorneys"])(
  "R54, R56: title %j is not the mapped Attorney",
  (title) => {
    const world = new World().withStaff(3, { title }).withCase(1, staff(3));
    world.sync();
    expect(world.tables.members.get(3)).toMatchObject({ role: null, visible: false });
  },
);

test("R55: a hidden role is given and not shown", () => {
  const world = new World().withStaff(3, { title: "Clerk" }).withCase(1, staff(3));
  expect(world.outcomeOf(1).team_decisions[0]).toMatchObject({ code: "role_hidden", role: "back-office" });
  expect(world.tables.members.get(3)).toMatchObject({ role: "back-office", visible: false });
});

test("R7: a visibility override hides, survives every sync, and can be taken back", () => {
  const world = new World().withStaff(3).withCase(1, staff(3));
  world.sync();
  const member = world.tables.members.get(3);
  if (member === undefined) throw new Error("no member");
  world.tables.members.set(3, { ...member, visibility_override: "hidden" });
  expect(world.outcomeOf(1).team_decisions[0]?.code).toBe("hidden_by_override");
  world.withStaff(3, { first_name: "Grace" }).sync();
  const hidden = { first_name: "Grace", role: "attorney", visible: false, visibility_override: "hidden" };
  expect(world.tables.members.get(3)).toMatchObject(hidden);
  world.tables.members.set(3, { ...member, visibility_override: null });
  world.sync();
  expect(world.tables.members.get(3)?.visible).toBe(true);
});

test("R65: a staff member without a readable record is left out with the reason; the project stands", () => {
  const world = new World().withStaff(3).withCase(1, staff(3, 8));
  world.firm.staff.set(8, malformed(null));
  const made = world.outcomeOf(1);
  expect(made.bucket).toBe("project");
  expect(made.team.map((link) => link.staff_id)).toEqual([3]);
  expect(made.team_decisions.map(({ staff_id, code }) => [staff_id, code])).toEqual([
    [3, "visible"],
    [8, "staff_unavailable"],
  ]);
});

test("R65: a member whose record is gone keeps row and link, with the role of the mapping of today", () => {
  const world = new World().withStaff(3).withCase(1, staff(3));
  world.sync();
  world.firm.staff.set(3, malformed(null));
  expect(world.sync().plan.ledger).toEqual([]);
  world.withMapping(mapping({ team_roles: [] })).sync();
  expect(world.tables.members.get(3)).toMatchObject({ first_name: "Staff3", role: null, visible: false });
  expect(world.teamOf(1)).toEqual([3]);
});
