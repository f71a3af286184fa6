import { checkCount, checkFinite } from "../foundation/index.ts";

/** The yearly discount rate of NICE's reference case and of HM Treasury's Green Book. */
export const NICE_DISCOUNT_RATE = 0.035;

/**
 * What is something in so many years worth today? (1 + rate)^-years.
 *
 * @example
 * ```ts
 * discountFactor(10); // => 0.70892
 * ```
 */
export function discountFactor(years: number, rate: number = NICE_DISCOUNT_RATE): number {
  checkFinite("years", years);
  checkCount("rate", rate);
  return (1 + rate) ** -years;
}

/**
 * What is a yearly flow worth today? The first amount falls in year 0 and is not discounted.
 *
 * @example
 * ```ts
 * presentValue([100, 100, 100]); // => 289.96943
 * ```
 */
export function presentValue(
  amounts: ArrayLike<number>,
  rate: number = NICE_DISCOUNT_RATE,
): number {
  let sum = 0;
  for (let year = 0; year < amounts.length; year++) {
    checkFinite(`amounts[${year}]`, amounts[year] as number);
    sum += (amounts[year] as number) * discountFactor(year, rate);
  }
  return sum;
}
