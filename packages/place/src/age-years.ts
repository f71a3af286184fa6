/** A band of age in whole years, both ends included. */
export interface AgeYears {
  readonly from: number;
  readonly to: number;
}

/** The last year that an open band is taken to reach when it has to be split. */
const OLDEST = 99;

/**
 * The years that the name of a band of age stands for, in the words of any census: "Aged 15 to 19 years", "85 and over",
 * "Aged 4 years and under"; undefined when it is none.
 *
 * @example
 * ```ts
 * ageYears("Aged 15 to 19 years"); // => { from: 15, to: 19 }
 * ageYears("85 and over").to; // => Infinity
 * ageYears("White"); // => undefined
 * ```
 */
export function ageYears(name: string): AgeYears | undefined {
  const text = name.trim().toLowerCase();
  const span = /(\d+)(?:\.0)?(?: years)?\s*(?:to|-|–)\s*(\d+)/.exec(text);
  if (span) return { from: Number(span[1]), to: Number(span[2]) };
  const below = /(?:under|below|less than|<)\s*(\d+)/.exec(text);
  if (below) return { from: 0, to: Number(below[1]) - 1 };
  const first = /(\d+)/.exec(text)?.[1];
  if (first === undefined) return undefined;
  const year = Number(first);
  if (/\b(?:under|younger|less)\b/.test(text)) return { from: 0, to: year };
  if (/\b(?:over|older|above|more)\b|\+/.test(text)) return { from: year, to: Infinity };
  return /^\D*\d+(?:\.0)?\D*$/.test(text) ? { from: year, to: year } : undefined;
}

/**
 * The shares of a band's people that belong to each of other bands when they are spread evenly over its years; an open
 * band that has to be split is taken to reach to 99. The shares do not sum to one where the other bands leave years out.
 *
 * @example
 * ```ts
 * ageShares({ from: 15, to: 19 }, [{ from: 0, to: 17 }, { from: 18, to: 39 }]); // => [0.6, 0.4]
 * ```
 */
export function ageShares(band: AgeYears, others: readonly AgeYears[]): readonly number[] {
  return others.map((other) => {
    if (other.from <= band.from && band.to <= other.to) return 1;
    const last = Math.min(band.to, Math.max(OLDEST, band.from));
    const years = Math.min(last, other.to) - Math.max(band.from, other.from) + 1;
    return Math.max(0, years) / (last - band.from + 1);
  });
}
