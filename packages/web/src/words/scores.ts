import { NO_SOURCE, type ScoreReading } from "@taproot/model";

const size = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** A change of score: "1.25", with as many digits as tell something. */
export function score(value: number): string {
  return size.format(value).replace("-", "−");
}

/** A change of score with its sign: "+1.25", "−0.4", "0". */
export function signedScore(value: number): string {
  const text = score(value);
  return value > 0 && text !== "0" ? `+${text}` : text;
}

/** How scores are read, in a sentence. */
export function readingInWords({ higherIsBetter, smallestChange, source }: ScoreReading): string {
  const better = `A ${higherIsBetter ? "higher" : "lower"} score is better.`;
  const what =
    smallestChange > 0
      ? `The smallest change that matters is ${score(smallestChange)} ${smallestChange === 1 ? "point" : "points"}`
      : "Any change for the better counts as improved";
  return `${better} ${what} (source: ${source ?? (smallestChange > 0 ? "none given" : NO_SOURCE)}).`;
}
