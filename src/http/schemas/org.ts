import { z } from "@hono/zod-openapi";
import { getCountries } from "libphonenumber-js/min";
import { flag, instant, text } from "./values.ts";

const COUNTRIES: ReadonlySet<string> = new Set(getCountries());

const timezone = z
  .string()
  .refine(isTimeZone, "must be an IANA time zone")
  .openapi({ example: "America/New_York", description: "IANA time zone; the nightly sync runs at its midnight" });

const country = z
  .string()
  .refine((code) => COUNTRIES.has(code), "must be an ISO 3166 country code")
  .openapi({ example: "US", description: "Country of phone numbers without a country code" });

const name = z.string().trim().min(1).max(200).openapi({ description: "Name of the firm", example: "Demo firm" });

const pullLeadObjects = z.boolean().openapi({ description: "Whether MyCase's lead objects are pulled" });

export const newOrgSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be a slug: a-z, 0-9 and -, at most 63")
      .openapi({ example: "demo", description: "Slug that names the org in addresses" }),
    name,
    timezone,
    default_country: country.default("US"),
    pull_lead_objects: pullLeadObjects.default(false),
  })
  .openapi("NewOrg");

export const orgPatchSchema = z
  .strictObject({
    name: name.optional(),
    timezone: timezone.optional(),
    default_country: country.optional(),
    pull_lead_objects: pullLeadObjects.optional(),
  })
  .openapi("OrgPatch");

export const orgSchema = z
  .object({
    id: text("Slug that names the org in addresses"),
    name: text("Name of the firm"),
    timezone: text("IANA time zone; the nightly sync runs at its midnight"),
    default_country: text("Country of phone numbers without a country code"),
    pull_lead_objects: flag("Whether MyCase's lead objects are pulled"),
    created_at: instant("When it was created"),
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
