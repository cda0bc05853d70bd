export const LANES = ["live", "bulk"] as const;

/** Which queue carries a message; live work also goes before bulk work whenever both wait for MyCase. */
export type Lane = (typeof LANES)[number];
