import { faker } from "@faker-js/faker/locale/en";

/** Pools that people are put together from; drawn once, so that a hundred thousand cases take seconds. */
export interface NamePools {
  first: string[];
  last: string[];
  companies: string[];
}

const POOL = 400;

export function namePools(seed: number): NamePools {
  faker.seed(seed);
  const many = (make: () => string, count = POOL) => Array.from({ length: count }, make);
  return {
    first: many(() => faker.person.firstName()),
    last: many(() => faker.person.lastName()),
    companies: many(() => faker.company.name(), 80),
  };
}

export const PRACTICE_AREAS = [
  "Personal Injury",
  "Auto Accident",
  "Family Law",
  "Immigration",
  "Criminal Defense",
  "Estate Planning",
  "Workers Compensation",
];

export const CASE_STAGES = [
  "Intake",
  "New",
  "Investigation",
  "Treatment",
  "Discovery",
  "Demand Sent",
  "Negotiation",
  "Litigation",
  "Mediation",
  "Settlement",
  "Disbursement",
  "Closed - Paid",
];

export const PEOPLE_GROUPS = [
  "Client",
  "Co-Counsel",
  "Judge",
  "Opposing Party",
  "Medical Provider",
  "Adjuster",
  "Expert Witness",
];

export const CASE_ROLES = ["Plaintiff", "Defendant", "Guardian", "Witness"];

export const STAFF_TITLES = ["Attorney", "Partner", "Associate Attorney", "Paralegal", "Staff", "Legal Assistant"];

export const LEAD_STATUSES = ["New", "Contacted", "Consult scheduled", "Pending agreement"];

export const BILLING_TYPES = ["", "hourly", "contingency", "flat", "mixed", "pro_bono"];

export const OFFICES = ["Downtown", "North Side"];

export const DESCRIPTIONS = [
  "Rear-end collision on the way to work.",
  "Slip and fall in a store; surveillance video requested.",
  "Uncontested; awaiting documents from both parties.",
  "Petition to be filed once the certificates are translated.",
  "Referred by another firm.",
];

export const STREETS = ["Main St", "Oak Ave", "Mission Blvd", "2nd St", "Lakeview Dr", "Camino Real"];

export const CITIES: [city: string, state: string][] = [
  ["San Diego", "CA"],
  ["Austin", "TX"],
  ["Phoenix", "AZ"],
  ["New York", "NY"],
  ["Las Vegas", "NV"],
];
