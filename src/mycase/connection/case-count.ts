const MIN_LOST_CASES = 5; // losing fewer is everyday work
const MIN_VISIBLE_SHARE = 0.8;

/** How many cases MyCase lists, beside what is known from before. */
export interface CaseCount {
  visible: number;
  /** The last count that was accepted; 0 when there is none. */
  previous: number;
  /** Cases held here and not known to be deleted; null when the caller has not counted them. */
  mirrored: number | null;
  /** A person has granted access since the last accepted count: what that person sees is believed. */
  freshGrant: boolean;
}

/** `suspicious`: fewer than before, to be judged again beside the number of mirrored cases. */
export type CaseCountAssessment = "accepted" | "suspicious" | "collapsed";

/**
 * Rejects a sudden drop in visible cases (more than 20 % and at least 5), which signals lost permission rather than
 * deletions. Deletions that were proved one by one lower `mirrored`, and are no drop.
 */
export function assessCaseCount({ visible, previous, mirrored, freshGrant }: CaseCount): CaseCountAssessment {
  if (freshGrant || !isCollapse(previous, visible)) return "accepted";
  if (mirrored === null) return "suspicious";
  return isCollapse(mirrored, visible) ? "collapsed" : "accepted";
}

function isCollapse(before: number, visible: number): boolean {
  return before - visible >= MIN_LOST_CASES && visible < before * MIN_VISIBLE_SHARE;
}
