import { z } from "zod";
import { dispensableText, flag, mycaseId, reference, text } from "./lenient.ts";

/** `ClientResponse` of the MyCase Open API, as far as it is used here. A "client" is any person in MyCase's contacts. */
export const clientWire = z.object({
  id: mycaseId,
  first_name: text,
  last_name: text,
  email: text,
  cell_phone_number: text,
  work_phone_number: text,
  home_phone_number: text,
  birthdate: dispensableText,
  people_group: reference,
  archived: flag(false),
  updated_at: text,
});

export type ClientRecord = z.output<typeof clientWire>;
