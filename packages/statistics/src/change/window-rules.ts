import type { RuleSet } from "./rule-set.ts";
import type { SignalRule } from "./signal.ts";
import type { SeriesReading, SignalMark } from "./signal-reading.ts";

/** Marks the points that make two of three or four of five; not the others in the window. */
export function markWindows(reading: SeriesReading, rules: RuleSet, mark: SignalMark): void {
  const { distances, outside, sides } = reading;
  const beyond = (i: number, sigma: number, side: number): boolean =>
    side * (distances[i] ?? 0) > sigma;
  if (rules.twoOfThree === "beyondTwoSigma")
    slide(reading, mark, {
      rule: "twoOfThree",
      size: 3,
      needed: 2,
      allows: () => true,
      hits: (i, side) => beyond(i, 2, side),
    });
  if (rules.twoOfThree === "betweenTwoAndThreeSigma")
    slide(reading, mark, {
      rule: "twoOfThree",
      size: 3,
      needed: 2,
      allows: (i, side) => sides[i] === side,
      hits: (i, side) => beyond(i, 2, side) && outside[i] === 0,
    });
  if (rules.fourOfFive === true)
    slide(reading, mark, {
      rule: "fourOfFive",
      size: 5,
      needed: 4,
      allows: () => true,
      hits: (i, side) => beyond(i, 1, side),
    });
}

interface WindowRule {
  readonly rule: SignalRule;
  readonly size: number;
  readonly needed: number;
  /** What every point of the window must be. */
  readonly allows: (i: number, side: number) => boolean;
  readonly hits: (i: number, side: number) => boolean;
}

function slide({ length, together }: SeriesReading, mark: SignalMark, rule: WindowRule): void {
  for (let first = 0; first + rule.size <= length; first++) {
    if (!together(first, first + rule.size - 1)) continue;
    const window = Array.from({ length: rule.size }, (_, k) => first + k);
    for (const side of [1, -1]) {
      if (!window.every((i) => rule.allows(i, side))) continue;
      const hits = window.filter((i) => rule.hits(i, side));
      if (hits.length >= rule.needed)
        for (const i of hits) mark(i, rule.rule, side > 0 ? "high" : "low");
    }
  }
}
