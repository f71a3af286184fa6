/** The rule that a point meets. */
export type SignalRule =
  | "outsideLimits"
  | "twoOfThree"
  | "trend"
  | "shift"
  | "fourOfFive"
  | "stratification"
  | "mixture"
  | "alternating";

/** A rule that a point meets, and which way it points; "none" for rules that have no direction. */
export interface Signal {
  readonly rule: SignalRule;
  readonly side: "high" | "low" | "none";
}
