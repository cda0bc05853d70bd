import { z } from "zod";
import { mycaseId, text } from "./lenient.ts";

/** `CompanyResponse` of the MyCase Open API; companies are mirrored and never become contacts (D12). */
export const companyWire = z.object({ id: mycaseId, name: text, updated_at: text });

export type CompanyRecord = z.output<typeof companyWire>;
