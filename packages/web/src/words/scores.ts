import { NO_SOURCE, type ScoreReading } from "@taproot/model";

const fine = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 2 });
const coarse = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** A change of score: "1.25", "0.042", with as many digits as tell something. */
export function score(value: number): string {
  const format = Math.abs(value) < 1 ? fine : coarse;
  const text = format.format(value).replace("-", "−");
  return text === "−0" ? "0" : text;
}

/** A change of score with its sign: "+1.25", "−0.4", "0". */
export function signedScore(value: number): string {
  const text = score(value);
  return value > 0 && text !== "0" ? `+${text}` : text;
}

/** How scores are read, in two sentences. */
export function readingInWords({ higherIsBetter, smallestChange, source }: ScoreReading): string {
  const better = `A ${higherIsBetter ? "higher" : "lower"} score is better.`;
  if (smallestChange === 0)
    return source
      ? `${better} Any improvement counts (source: ${source}).`
      : `${better} The smallest change that matters is ${NO_SOURCE}.`;
  const points = smallestChange === 1 ? "1 point" : `${score(smallestChange)} points`;
  return `${better} The smallest change that matters is ${points} (source: ${source ?? "none given"}).`;
}
