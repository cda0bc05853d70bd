import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { PhoneSource } from "../domain/rows.ts";
import { presentText } from "./present-text.ts";

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

/** E.164 without extension, or null when the text is no possible number. Numbers without a code are the country's. */
export function toE164(raw: string, country: string): string | null {
  const code = country.toUpperCase();
  const home = isCountry(code) ? code : undefined;
  const parsed = parsePhoneNumberFromString(raw, home);
  // Possible, not valid: number plans change more often than this library is updated.
  return parsed?.isPossible() ? parsed.number : null;
}

function isCountry(code: string): code is CountryCode {
  return isSupportedCountry(code);
}
