export {
  type Funnel,
  type FunnelOptions,
  type FunnelScoreOptions,
  type FunnelScores,
  type FunnelUnit,
  funnel,
  funnelScores,
} from "./funnel.ts";
export { type FunnelLimitOptions, type FunnelLimits, funnelLimits } from "./funnel-limits.ts";
export type { FunnelKind, FunnelTransformation } from "./funnel-scale.ts";
export {
  type Overdispersion,
  type OverdispersionOptions,
  overdispersion,
} from "./overdispersion.ts";
