import type { Address } from "../records.ts";
import type { Maker } from "./make-people.ts";
import { madePhone } from "./phone-styles.ts";
import { CITIES, STREETS } from "./vocabulary.ts";

/** An address that could be; addresses of people are unique, but for a few that somebody typed in their own way. */
export function makeEmail({ random }: Maker, first: string, last: string, id: number): string {
  const plain = `${first}.${last}.${id}@example.com`.toLowerCase().replace(/[^a-z0-9.@]/g, "");
  if (random.chance(0.01)) return plain.toUpperCase();
  return random.chance(0.01) ? ` ${plain}` : plain;
}

/** Any of the three numbers, or none. */
export function makePhones({ random }: Maker) {
  return {
    ...(random.chance(0.75) ? { cell_phone_number: madePhone(random) } : {}),
    ...(random.chance(0.3) ? { work_phone_number: madePhone(random) } : {}),
    ...(random.chance(0.3) ? { home_phone_number: madePhone(random) } : {}),
  };
}

/** All six parts are there if any is, as MyCase demands of those who write; blank ones are blank. */
export function makeAddress({ random }: Maker): Address {
  const [city, state] = random.pick(CITIES);
  return {
    address1: `${1 + random.below(9900)} ${random.pick(STREETS)}`,
    address2: random.chance(0.2) ? `Apt ${1 + random.below(60)}` : "",
    city,
    state,
    zip_code: String(10000 + random.below(89999)),
    country: random.chance(0.8) ? "US" : "",
  };
}
