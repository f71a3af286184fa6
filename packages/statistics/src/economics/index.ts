export {
  aversionWherePoliciesCross,
  gainsAtAversions,
  type PolicyGain,
} from "./compare-policies.ts";
export { discountFactor, NICE_DISCOUNT_RATE, presentValue } from "./discounting.ts";
export {
  type AversionKind,
  type EquallyDistributedEquivalent,
  type EquallyDistributedEquivalentOptions,
  equallyDistributedEquivalent,
  type InequalityAversion,
  implicitWeights,
} from "./equally-distributed-equivalent.ts";
export {
  type DistributedChange,
  type GroupNetHealthBenefit,
  type NetHealthBenefit,
  netHealthBenefit,
  OPPORTUNITY_COST_SHARES,
} from "./net-health-benefit.ts";
export {
  type QualityAdjustedLifeExpectancy,
  type QualityLifeTable,
  qualityAdjustedLifeExpectancy,
} from "./quality-adjusted-life-expectancy.ts";
