import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf, findNearMiss, indexNearMisses } from "../../src/mapping/document/near-miss.ts";
import { pickPhone, toE164 } from "../../src/mapping/phone.ts";
import { plainDate, readPlainDate } from "../../src/mapping/plain-date.ts";
import { World } from "./support/world.ts";

const numbers = {
  cell_phone_number: "760-555-1111",
  work_phone_number: "760-555-2222",
  home_phone_number: "760-555-3333",
};
const usual = ["cell", "work", "home"] as const;

test("R33: the cell number comes first", () => {
  expect(pickPhone(numbers, usual, "US")).toEqual({
    phone: "+17605551111",
    phone_raw: "760-555-1111",
    phone_source: "cell",
  });
});

test("R34: without a cell number the first present of work and home; blank is absent; fax never", () => {
  const fax = { ...numbers, fax_phone_number: "760-555-9999", cell_phone_number: " " };
  expect(pickPhone(fax, usual, "US").phone_source).toBe("work");
  expect(pickPhone({ ...fax, work_phone_number: "" }, usual, "US").phone_source).toBe("home");
  const none = { ...fax, work_phone_number: null, home_phone_number: "" };
  expect(pickPhone(none, usual, "US")).toEqual({ phone: null, phone_raw: null, phone_source: null });
});

test("D2: the order can be configured, and a kind left out is never taken", () => {
  expect(pickPhone(numbers, ["home", "cell"], "US").phone_source).toBe("home");
  const workOnly = { ...numbers, cell_phone_number: null, home_phone_number: null };
  expect(pickPhone(workOnly, ["home", "cell"], "US").phone_raw).toBeNull();
});

test("D2: an unparsable number still wins by order; its text is kept exactly", () => {
  expect(pickPhone({ ...numbers, cell_phone_number: " ask Bob " }, usual, "US")).toEqual({
    phone: null,
    phone_raw: " ask Bob ",
    phone_source: "cell",
  });
});

test.each([
  ["(760) 555-1234 ext. 12", "US", "+17605551234"],
  ["+44 20 7946 0958", "US", "+442079460958"],
  ["020 7946 0958", "GB", "+442079460958"],
  ["760.555.1234", "us", "+17605551234"],
  ["555-1234", "US", null],
  ["12345", "US", null],
  ["760-555-1234", "XX", null],
  ["", "US", null],
  ["000-000-0000", "US", null],
  ["123-456-7890", "US", null],
  ["999-999-9999", "US", null],
  ["+52 1 55 5555 0123", "US", "+525555550123"],
  ["011 52 1 55 1234 5678", "US", "+525512345678"],
  ["044 55 1234 5678", "MX", "+525512345678"],
  ["045 55 1234 5678", "MX", "+525512345678"],
  ["01 55 1234 5678", "MX", "+525512345678"],
  ["+52 55 1234 5678", "US", "+525512345678"],
  ["044 55 1234 567", "MX", null],
  ["030 123456-78", "DE", "+493012345678"],
] as const)("R33: %j in %s is %j", (raw, country, expected) => {
  expect(toE164(raw, country)).toBe(expected);
});

test("D14: a person with nothing but a placeholder for a number keeps its text and is not reachable", () => {
  const world = new World().withClient(4, { cell_phone_number: "000-000-0000", email: null });
  world.withCase(1, { clients: [{ id: 4 }] }).sync();
  expect(world.tables.contacts.get(4)).toMatchObject({ phone: null, phone_raw: "000-000-0000", reachable: false });
});

test("R33: no text makes the phone reader throw", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (raw, country) => /^\+\d+$/.test(toE164(raw, country) ?? "+1")));
});

test.each([
  ["1980-02-29", "1980-02-29"],
  ["1980-02-29T23:59:59-11:00", "1980-02-29"],
  ["1980-02-29 00:00:00", "1980-02-29"],
  [null, null],
  ["", null],
  ["2026-02-30", "invalid"],
  ["1900-02-29", "invalid"],
  ["2000-02-29", "2000-02-29"],
  ["2026-04-31", "invalid"],
  ["2026-13-01", "invalid"],
  ["2026-00-01", "invalid"],
  ["2026-01-00", "invalid"],
  ["0000-01-01", "invalid"],
  ["02/29/1980", "invalid"],
  ["1980-02-29x", "invalid"],
])("R35: the date in %j is %j", (text, expected) => {
  expect(readPlainDate(text)).toBe(expected);
  expect(plainDate(text)).toBe(expected === "invalid" ? null : expected);
});

test("R35: every day of the calendar is read as itself, whatever the time behind it", () => {
  const day = fc.date({ min: new Date("0100-01-01"), max: new Date("2999-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.constantFrom("", "T00:00:00Z", "T23:59:59.999+14:00"), (date, tail) => {
      const text = date.toISOString().slice(0, 10);
      expect(readPlainDate(text + tail)).toBe(text);
    }),
  );
});

test.each([
  ["attorney", "Attorney", "case"],
  ["Personal  Injury", "Personal Injury", "spaces"],
  ["Attorney ", "Attorney", "spaces"],
  ["Co\u2013Counsel", "Co-Counsel", "dashes"],
  ["Workers\u2019 Comp", "Workers' Comp", "quotes"],
  ["Personal\u00a0Injury", "Personal Injury", "nbsp"],
  ["Jose", "Jos\u00e9", "accents"],
  ["Personal Injuries", "Personal Injury", "plural"],
  ["Clients", "Client", "plural"],
  ["attorneys ", "Attorney", "several"],
  ["Attorney", "Associate Attorney", null],
  ["Boss", "Bo", null],
])("R56: %j differs from %j by %s", (seen, expected, difference) => {
  expect(differenceOf(seen, expected)).toBe(difference);
});

test("R56: the closest of several near misses is named, whatever their order", () => {
  const texts = ["ATTORNEYS", "Attorney", "at torney"];
  for (const order of [texts, texts.toReversed()])
    expect(findNearMiss(indexNearMisses(order), "attorney")).toEqual({ expected: "Attorney", difference: "case" });
  expect(findNearMiss(indexNearMisses(["Attorney"]), "Attorney")).toBeNull();
  expect(findNearMiss(indexNearMisses(["Partner"]), "Attorney")).toBeNull();
});
