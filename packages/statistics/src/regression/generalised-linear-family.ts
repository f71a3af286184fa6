/** Link between the mean and the line. */
export type Link = "identity" | "log" | "logit";

export interface LinkFunctions {
  readonly toLine: (mean: number) => number;
  readonly toMean: (line: number) => number;
  /** d mean / d line, at the line's mean. */
  readonly slope: (mean: number) => number;
}

export const LINKS: Readonly<Record<Link, LinkFunctions>> = {
  identity: { toLine: (mean) => mean, toMean: (line) => line, slope: () => 1 },
  log: { toLine: Math.log, toMean: Math.exp, slope: (mean) => mean },
  logit: {
    toLine: (mean) => Math.log(mean) - Math.log1p(-mean),
    toMean: (line) =>
      line > 0 ? 1 / (1 + Math.exp(-line)) : Math.exp(line) / (1 + Math.exp(line)),
    slope: (mean) => mean * (1 - mean),
  },
};

export interface Family {
  /** Variance of one observation of weight 1. */
  readonly variance: (mean: number) => number;
  readonly allows: (mean: number) => boolean;
  /** Deviance of a row: `observed` is a proportion or a rate, `weight` its trials or exposure. */
  readonly deviance: (observed: number, mean: number, weight: number) => number;
}

const entropy = (a: number, b: number): number => (a > 0 ? a * Math.log(a / b) : 0);

export const FAMILIES: Readonly<Record<"binomial" | "poisson", Family>> = {
  binomial: {
    variance: (mean) => mean * (1 - mean),
    allows: (mean) => mean > 0 && mean < 1,
    deviance: (y, mean, weight) => 2 * weight * (entropy(y, mean) + entropy(1 - y, 1 - mean)),
  },
  poisson: {
    variance: (mean) => mean,
    allows: (mean) => mean > 0 && mean < Number.POSITIVE_INFINITY,
    deviance: (y, mean, weight) => 2 * weight * (entropy(y, mean) - (y - mean)),
  },
};
