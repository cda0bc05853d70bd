/** Ways in which a derivation harms a live project. */
export const IMPACTS = ["deleted", "disabled", "unlinked", "retyped", "unmapped", "became_lead"] as const;

export type Impact = (typeof IMPACTS)[number];

/** A case that the blast guard leaves as it is until somebody decides, and what deriving it would do. */
export interface HeldCase {
  case_id: number;
  impacts: Impact[];
}
