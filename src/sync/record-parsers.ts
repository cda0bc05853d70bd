import type { RecordParsers } from "../db/facts/typed-facts.ts";
import { caseWire } from "../mycase/wire/case.ts";
import { clientWire } from "../mycase/wire/client.ts";
import { leadWire } from "../mycase/wire/lead.ts";
import { staffWire } from "../mycase/wire/staff.ts";

/** A mirrored record was readable when it was saved, so it is readable now. */
export const recordParsers: RecordParsers = {
  case: (record) => caseWire.parse(record),
  client: (record) => clientWire.parse(record),
  staff: (record) => staffWire.parse(record),
  lead: (record) => leadWire.parse(record),
};
