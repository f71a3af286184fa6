/**
 * How an interval for a share on a curve is made. `wilson`: Wilson's interval with the effective number of people,
 * the number fully followed who would give the same variance (Dorey and Korn 1987); with no one censored it is the
 * interval of the plain proportion. `logLog`: normal on log(-log(1 - share)). `log`: normal on the log of the share
 * still waiting. `plain`: normal on the share, cut to [0, 1].
 */
export type IncidenceInterval = "wilson" | "logLog" | "log" | "plain";

/**
 * The limits of a share that has left, written to `out`. `followed` stands in for the effective number where the
 * variance is zero because nobody, or everybody, has left.
 */
export function incidenceLimits(
  share: number,
  variance: number,
  followed: number,
  z: number,
  interval: IncidenceInterval,
  out: { lower: number; upper: number },
): void {
  const stays = 1 - share;
  if (interval === "wilson" || share <= 0 || stays <= 0 || variance <= 0) {
    const n = effectiveNumber(share, variance, followed);
    const z2 = z * z;
    const centre = share + z2 / (2 * n);
    const reach = z * Math.sqrt((share * stays) / n + z2 / (4 * n * n));
    out.lower = share <= 0 ? 0 : Math.max(0, (centre - reach) / (1 + z2 / n));
    out.upper = stays <= 0 ? 1 : Math.min(1, (centre + reach) / (1 + z2 / n));
    return;
  }
  const error = Math.sqrt(variance);
  if (interval === "plain") {
    out.lower = Math.max(0, share - z * error);
    out.upper = Math.min(1, share + z * error);
  } else if (interval === "log") {
    const factor = Math.exp((z * error) / stays);
    out.lower = Math.max(0, 1 - stays * factor);
    out.upper = 1 - stays / factor;
  } else {
    const logStays = Math.log(stays);
    const factor = Math.exp((z * error) / (stays * -logStays));
    out.lower = 1 - Math.exp(logStays / factor);
    out.upper = 1 - Math.exp(logStays * factor);
  }
}

/** The number of people fully followed who would give this variance of the share. */
export function effectiveNumber(share: number, variance: number, followed: number): number {
  return variance > 0 && share > 0 && share < 1 ? (share * (1 - share)) / variance : followed;
}
