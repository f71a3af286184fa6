import { checkFinite } from "../foundation/check.ts";
import type { ConfidenceOptions } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";
import type { ErrorScale, GroupData } from "./gradient-data.ts";

/** Options of the slope and the relative index. */
export interface GradientOptions extends ConfidenceOptions {
  /**
   * Where each value's error is normal: "mean" (itself, default), "rate" (its logarithm) or "proportion"
   * (its logit). It decides how given limits are read.
   */
  readonly scale?: ErrorScale;
  /** Fit the line on the log (`scale: "rate"`) or logit (`"proportion"`) and carry it back. Default false. */
  readonly transform?: boolean;
  /** Direction of the slope. Default "leastMinusMost": below 0 when the most deprived have more of it. */
  readonly direction?: "leastMinusMost" | "mostMinusLeast";
  /** Multiplies the slope and its interval: 100 for percentage points, 1000 for a rate per thousand. Default 1. */
  readonly per?: number;
  /** "population" weights the line by people (Low and Low; default); "equal" is ordinary least squares. */
  readonly weighting?: "population" | "equal";
  /** Fewest quantiles that are accepted. Default 5; at least 3. */
  readonly minimumGroups?: number;
  /**
   * "sampling" (default): from the error of each value. "residual": from the distance of the values from the
   * line, with Student's t on G − 2 degrees of freedom; for values published without any error.
   */
  readonly errors?: "sampling" | "residual";
  /** Multiplies the variance by the lack-of-fit ratio φ = χ²/(G − 2) when it is above 1. Default false. */
  readonly overdispersion?: boolean;
}

export interface ResolvedGradientOptions {
  readonly confidence: number;
  readonly scale: ErrorScale;
  readonly transform: boolean;
  readonly sign: 1 | -1;
  readonly per: number;
  readonly equalWeights: boolean;
  readonly minimumGroups: number;
  readonly overdispersion: boolean;
  readonly residualErrors: boolean;
}

export function resolveGradientOptions(
  data: GroupData,
  options: GradientOptions,
): ResolvedGradientOptions {
  const scale = options.scale ?? ("count" in data ? "proportion" : "mean");
  const minimumGroups = options.minimumGroups ?? 5;
  if (!(minimumGroups >= 3))
    throw new StatisticsError(
      "invalidOption",
      `invalid minimumGroups; a slope needs at least 3: ${minimumGroups}`,
    );
  const per = options.per ?? 1;
  if (!(per > 0 && per < Number.POSITIVE_INFINITY))
    throw new StatisticsError("invalidOption", `invalid per; not above 0: ${per}`);
  checkFinite("per", per);
  if (options.transform === true && scale === "mean")
    throw new StatisticsError(
      "invalidOption",
      'invalid transform; needs scale "rate" (log) or "proportion" (logit)',
    );
  return {
    confidence: options.confidence ?? 0.95,
    scale,
    transform: options.transform ?? false,
    sign: options.direction === "mostMinusLeast" ? -1 : 1,
    per,
    equalWeights: options.weighting === "equal",
    minimumGroups,
    residualErrors: options.errors === "residual",
    overdispersion: options.overdispersion ?? false,
  };
}
