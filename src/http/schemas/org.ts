import { z } from "@hono/zod-openapi";
import { getCountries } from "libphonenumber-js/min";
import { instant } from "./common.ts";

const COUNTRIES: ReadonlySet<string> = new Set(getCountries());

const timezone = z
  .string()
  .refine(isTimeZone, "is no IANA time zone")
  .openapi({ example: "America/New_York", description: "IANA time zone; the nightly sync runs at its midnight" });

const country = z
  .string()
  .refine((code) => COUNTRIES.has(code), "is no ISO 3166 country with telephone numbers")
  .openapi({ example: "US", description: "Country of phone numbers without a country code" });

const name = z.string().trim().min(1).max(200);

export const newOrgSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be a slug: a-z, 0-9 and -, at most 63")
      .openapi({ example: "demo" }),
    name: name.openapi({ example: "Demo firm" }),
    timezone,
    default_country: country.default("US"),
    pull_lead_objects: z.boolean().default(false),
  })
  .openapi("NewOrg");

export const orgPatchSchema = z
  .strictObject({
    name: name.optional(),
    timezone: timezone.optional(),
    default_country: country.optional(),
    pull_lead_objects: z.boolean().optional(),
  })
  .openapi("OrgPatch");

export const orgSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    timezone: z.string(),
    default_country: z.string(),
    pull_lead_objects: z.boolean(),
    created_at: instant,
  })
  .openapi("Org");

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
