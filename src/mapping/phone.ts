import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";
import type { PhoneSource } from "../domain/rows.ts";
import { presentText } from "./values.ts";

/** The phone numbers of a person or lead, as MyCase has them. Its fax number is not read at all (R33). */
interface PhoneNumbers {
  cell_phone_number: string | null;
  work_phone_number: string | null;
  home_phone_number: string | null;
}

export interface Phone {
  phone: string | null;
  phone_raw: string | null;
  phone_source: PhoneSource | null;
}

/**
 * Picks the first present number in the order given (R33, R34, D2). An unparsable one still wins:
 * `phone` is null then and `phone_raw` keeps the text, so that nobody is texted at a number nobody meant.
 */
export function pickPhone(numbers: PhoneNumbers, order: readonly PhoneSource[], country: string): Phone {
  for (const source of order) {
    const raw = presentText(numbers[`${source}_phone_number`]);
    if (raw !== null) return { phone: toE164(raw, country), phone_raw: raw, phone_source: source };
  }
  return { phone: null, phone_raw: null, phone_source: null };
}

/**
 * E.164 without extension, or null when no numbering plan has such a number (000-000-0000). Numbers without a country
 * code are the given country's. A German direct dial behind a dash stays: it is dialled as part of the number.
 */
export function toE164(raw: string, country: string): string | null {
  const code = country.toUpperCase();
  const parsed = parsePhoneNumberFromString(raw, isCountry(code) ? code : undefined);
  if (!parsed) return null;
  const number = parsed.countryCallingCode === "52" ? withoutMexicanPrefix(parsed) : parsed;
  return number?.isValid() ? number.number : null;
}

/** Until 2019 Mexican numbers were dialled with +52 1, 044, 045 or 01 before the ten digits of today. */
function withoutMexicanPrefix(parsed: PhoneNumber): PhoneNumber | undefined {
  const digits = /^(?:1|044|045|01)(\d{10})$/.exec(parsed.nationalNumber)?.[1];
  return digits === undefined ? parsed : parsePhoneNumberFromString(`+52${digits}`);
}

function isCountry(code: string): code is CountryCode {
  return isSupportedCountry(code);
}
