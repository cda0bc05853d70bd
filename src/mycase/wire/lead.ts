import { z } from "zod";
import { dispensableText, mycaseId, text } from "./lenient.ts";

/** `LeadResponse` of the MyCase Open API, as far as it is used here. `status` is the firm's own free text. */
export const leadWire = z.object({
  id: mycaseId,
  first_name: text,
  last_name: text,
  email: text,
  cell_phone_number: text,
  work_phone_number: text,
  home_phone_number: text,
  birthdate: dispensableText,
  status: text,
  updated_at: text,
});

export type LeadRecord = z.output<typeof leadWire>;
