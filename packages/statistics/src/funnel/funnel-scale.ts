import { checkCount } from "../foundation/check.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/** What the units of a funnel are compared on. */
export type FunnelKind = "proportion" | "standardisedRatio" | "ratioOfCounts";

/** On which scale scores and overdispersed limits are made. */
export type FunnelTransformation = "squareRoot" | "log" | "arcsine";

/**
 * The scale on which a funnel's units have a variance that depends on their size alone: square root or
 * logarithm for a standardised ratio, arcsine for a proportion, logarithm for a ratio of counts.
 */
export interface FunnelScale {
  /** A ratio or share, on this scale. */
  forward(value: number): number;
  back(transformed: number): number;
  /** A unit's value on this scale. */
  unit(numerator: number, denominator: number): number;
  /** Standard deviation by chance alone, of a unit of this size at the target. */
  deviation(denominator: number, target: number): number;
  /** The same of a unit as it was seen, where the scale takes it from its own counts. */
  unitDeviation?(numerator: number, denominator: number): number;
}

const squareRoot: FunnelScale = {
  forward: Math.sqrt,
  back: (t) => Math.max(0, t) ** 2,
  unit: (o, e) => Math.sqrt(o / e),
  deviation: (e) => 0.5 / Math.sqrt(e),
};

const logarithm: FunnelScale = {
  forward: Math.log,
  back: Math.exp,
  // No event at all counts as half of one, for a logarithm to exist.
  unit: (o, e) => Math.log(Math.max(o, 0.5) / e),
  deviation: (e, target) => 1 / Math.sqrt(e * target),
};

const arcsine: FunnelScale = {
  forward: (p) => Math.asin(Math.sqrt(p)),
  back: (t) => Math.sin(Math.min(Math.PI / 2, Math.max(0, t))) ** 2,
  unit: (y, n) => Math.asin(Math.sqrt(y / n)),
  deviation: (n) => 0.5 / Math.sqrt(n),
};

const part = (count: number) => count / (count + 0.5) ** 2;

const logOfCounts: FunnelScale = {
  forward: Math.log,
  back: Math.exp,
  unit: (a, b) => Math.log((a + 0.5) / (b + 0.5)),
  deviation: (b, target) => Math.sqrt(part(b * target) + part(b)),
  unitDeviation: (a, b) => Math.sqrt(part(a) + part(b)),
};

export function funnelScale(
  kind: FunnelKind,
  transformation: FunnelTransformation | undefined,
): FunnelScale {
  const possible: Record<FunnelKind, Partial<Record<FunnelTransformation, FunnelScale>>> = {
    proportion: { arcsine },
    standardisedRatio: { squareRoot, log: logarithm },
    ratioOfCounts: { log: logOfCounts },
  };
  const scales = possible[kind];
  const scale = transformation === undefined ? Object.values(scales)[0] : scales[transformation];
  if (scale === undefined)
    throw new StatisticsError(
      "invalidOption",
      `invalid transformation for ${kind}; not ${Object.keys(scales).join(" or ")}: ${transformation}`,
    );
  return scale;
}

export function checkTarget(kind: FunnelKind, target: number): void {
  checkCount("target", target);
  if (target === 0 || (kind === "proportion" && target >= 1))
    throw new StatisticsError(
      "invalidNumber",
      `invalid target; not above 0${kind === "proportion" ? " and below 1" : ""}: ${target}`,
    );
}
