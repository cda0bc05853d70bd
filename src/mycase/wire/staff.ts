import { z } from "zod";
import { flag, mycaseId, text } from "./lenient.ts";

/** `StaffResponse` of the MyCase Open API, as far as it is used here. Missing `active` reads as active. */
export const staffWire = z.object({
  id: mycaseId,
  first_name: text,
  last_name: text,
  email: text,
  title: text,
  cell_phone_number: text,
  work_phone_number: text,
  home_phone_number: text,
  active: flag(true),
  updated_at: text,
});

export type StaffRecord = z.output<typeof staffWire>;
