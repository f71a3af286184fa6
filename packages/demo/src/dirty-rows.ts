import { NEVER, type Referral } from "./pathway.ts";

/** What can be wrong with a row of the demo on purpose. Each dirty row breaks exactly one rule. */
export const DIRTY_RULES = [
  "impossibleDate",
  "contactBeforeReferral",
  "completionBeforeContact",
  "ageOutOfRange",
  "unknownCode",
  "duplicateReferral",
] as const;

/** One of {@link DIRTY_RULES}. */
export type DirtyRule = (typeof DIRTY_RULES)[number];

/** How a row is to be spoiled: what the writer puts in place of the truth. */
export interface Spoiling {
  readonly impossibleReferralDate: boolean;
  readonly unknownEthnicCode: boolean;
}

/** The rule that a dirty row breaks: the one drawn, or an impossible date where the referral did not get so far. */
export function dirtyRule(referral: Referral, drawnRule: number): DirtyRule {
  const rule = DIRTY_RULES[drawnRule]!;
  if (rule === "contactBeforeReferral" && referral.firstContact === NEVER) return "impossibleDate";
  if (rule === "completionBeforeContact" && referral.completed === NEVER) return "impossibleDate";
  return rule;
}

/** Changes the referral so that it breaks the rule, and says what the writer must spoil besides. */
export function spoil(referral: Referral, rule: DirtyRule): Spoiling {
  if (rule === "contactBeforeReferral") referral.firstContact = referral.referred - 9;
  if (rule === "completionBeforeContact") referral.completed = referral.firstContact - 3;
  if (rule === "ageOutOfRange") referral.age = 131 + (referral.age % 40);
  return {
    impossibleReferralDate: rule === "impossibleDate",
    unknownEthnicCode: rule === "unknownCode",
  };
}
