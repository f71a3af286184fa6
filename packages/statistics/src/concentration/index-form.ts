import { checkFinite } from "../foundation/check.ts";
import { type Absent, absent, type ConfidenceOptions } from "../foundation/estimate.ts";
import { StatisticsError } from "../foundation/statistics-error.ts";

/**
 * "standard" C: relative, for a ratio-scale value without an upper bound. "generalised" μC: absolute.
 * "erreygers" 4μC/(b − a): absolute, for a value between bounds; the same size for having and for lacking.
 * "wagstaff" μC(b − a)/((b − μ)(μ − a)): relative on both sides of a bounded value.
 */
export type ConcentrationForm = "standard" | "generalised" | "erreygers" | "wagstaff";

export interface ConcentrationOptions extends ConfidenceOptions {
  /** Default "standard". */
  readonly form?: ConcentrationForm;
  /** Lowest and highest value possible; needed by "erreygers" and "wagstaff". Default [0, 1] for counts. */
  readonly bounds?: readonly [number, number];
  /** ν of the extended index: 2 (default) is the ordinary one, higher weighs the most deprived more. */
  readonly aversion?: number;
}

export interface ResolvedForm {
  readonly form: ConcentrationForm;
  readonly low: number;
  readonly high: number;
  readonly aversion: number;
}

export function resolveForm(
  options: ConcentrationOptions,
  naturalBounds?: readonly [number, number],
): ResolvedForm {
  const form = options.form ?? "standard";
  const aversion = options.aversion ?? 2;
  if (!(aversion > 1 && aversion < Number.POSITIVE_INFINITY))
    throw new StatisticsError("invalidOption", `invalid aversion; not above 1: ${aversion}`);
  if (aversion !== 2 && (form === "erreygers" || form === "wagstaff"))
    throw new StatisticsError(
      "invalidOption",
      `invalid aversion; the ${form} form is defined for 2 alone: ${aversion}`,
    );
  const bounds = options.bounds ?? naturalBounds;
  const bounded = form === "erreygers" || form === "wagstaff";
  if (bounded && bounds === undefined)
    throw new StatisticsError("invalidOption", `invalid bounds; the ${form} form needs them`);
  const [low, high] = bounds ?? [0, 1];
  if (!(high > low && Number.isFinite(high - low)))
    throw new StatisticsError("invalidOption", `invalid bounds; not low < high: ${low}, ${high}`);
  for (const bound of [low, high]) checkFinite("bounds", bound);
  return { form, low, high, aversion };
}

/** The index in one form, and how it moves with the mean and with the rank-weighted mean. */
export interface FormedIndex {
  readonly value: number;
  readonly byMean: number;
  readonly byWeighted: number;
}

/** From the mean and the mean weighted towards the most deprived, in the form asked for. */
export function formIndex(
  { form, low, high }: ResolvedForm,
  mean: number,
  weighted: number,
): FormedIndex | Absent {
  const gap = mean - weighted;
  if (form === "generalised") return { value: gap, byMean: 1, byWeighted: -1 };
  if (form === "erreygers") {
    const k = 4 / (high - low);
    return { value: k * gap, byMean: k, byWeighted: -k };
  }
  if (form === "wagstaff") {
    const room = (high - mean) * (mean - low);
    if (!(room > 0))
      return absent("notPositive", "The mean is at a bound, so there is nothing to share out.");
    const k = (high - low) / room;
    return {
      value: k * gap,
      byMean: k - (k * gap * (high + low - 2 * mean)) / room,
      byWeighted: -k,
    };
  }
  if (!(mean > 0))
    return absent(
      "notPositive",
      "A relative index needs a mean above 0; use the generalised form.",
    );
  return { value: gap / mean, byMean: weighted / mean ** 2, byWeighted: -1 / mean };
}

/** Throws when a value lies outside the bounds of a bounded form. */
export function checkBounds({ form, low, high }: ResolvedForm, value: ArrayLike<number>): void {
  if (form !== "erreygers" && form !== "wagstaff") return;
  for (let i = 0; i < value.length; i++)
    if (!((value[i] as number) >= low && (value[i] as number) <= high))
      throw new StatisticsError(
        "invalidOption",
        `invalid bounds; value ${value[i]} in row ${i + 1} is outside ${low} to ${high}`,
      );
}
