import { type Cube, collapse, latestStock, type Selection, selectedCells } from "@taproot/engine";
import { standardCharacteristic } from "@taproot/model";
import { compareAll } from "../compare.ts";
import type { Comparison } from "../comparison.ts";
import { comparedCharacteristics } from "../cuts.ts";
import type { FindingStep } from "../finding.ts";
import { capitalised, peopleInWords, percent, pointsInWords } from "../plain-english.ts";
import { unknownBounds } from "../unknown-bounds.ts";

/** What the people of unknown group cost at one step. */
export interface UnknownCost {
  readonly characteristic: string;
  readonly label: string;
  readonly step: FindingStep;
  readonly unknown: number;
  readonly of: number;
  /**
   * By how many points a gap could be larger or smaller than it looks, whoever the unknown are: half the distance between
   * the bounds, averaged over the groups by their size.
   */
  readonly points: number;
}

/** What unknowns cost, characteristic by characteristic and step by step. */
export interface UnknownCosts {
  readonly rows: readonly UnknownCost[];
  readonly sentence: string;
}

/**
 * Which unknowns cost the most certainty, and at which step do they arise? For each characteristic and step: how many
 * people's group is not recorded, and how far the gaps could be from what they look like because of them.
 */
export function unknownCosts(whole: Cube, selection?: Selection): UnknownCosts {
  const cells = selectedCells(whole, selection);
  const stock = latestStock(whole, cells);
  const compared = comparedCharacteristics(whole);
  // People are counted one by one here, whichever unit they come from.
  const alone = cells === undefined && whole.units === undefined;
  const cube = alone ? stock : collapse(stock, compared, cells);
  const indices = alone ? compared : [...compared.keys()];
  const all = compareAll(
    cube,
    indices.map((index) => [index]),
  ).made;
  const rows = indices.flatMap((index) => {
    const { name, label } = cube.characteristics[index]!;
    const made = all.filter(({ characteristics }) => characteristics[0] === index);
    const steps = [...new Set(made.map(({ step }) => step))];
    return steps.map((step) => ({
      characteristic: name,
      label,
      step,
      ...costOf(made.filter((one) => one.step === step)),
    }));
  });
  return { rows, sentence: sentenceOf(rows) };
}

function costOf(comparisons: readonly Comparison[]) {
  let weighted = 0;
  let weight = 0;
  for (const comparison of comparisons) {
    const { lower, upper } = unknownBounds(comparison);
    weighted += ((upper - lower) / 2) * comparison.group.denominator;
    weight += comparison.group.denominator;
  }
  const [any] = comparisons;
  const { group, others, unknown } = any!;
  return {
    unknown: unknown.denominator,
    of: group.denominator + others.denominator + unknown.denominator,
    points: (100 * weighted) / weight,
  };
}

function sentenceOf(rows: readonly UnknownCost[]): string {
  const costly = rows.filter(({ unknown }) => unknown > 0);
  if (rows.length === 0) return "There is nothing to compare, so that no unknown costs anything.";
  if (costly.length === 0) return "Everybody’s group is recorded: unknowns cost nothing here.";
  const worst = costly.reduce((a, b) => (b.points > a.points ? b : a));
  const { subject } = standardCharacteristic(worst.characteristic);
  return `${capitalised(subject)} costs the most: it is not recorded for ${peopleInWords(worst.unknown)} of ${peopleInWords(worst.of)} people (${percent(worst.unknown / worst.of)}) ${whereOf(worst.step)}, so that a gap there could be up to ${pointsInWords(worst.points)} points larger or smaller than it looks.`;
}

const WHERE: Readonly<Record<FindingStep, string>> = {
  referred: "in referrals",
  accepted: "at acceptance",
  seen: "in being seen",
  completed: "in completing",
  improved: "in improving",
  wait: "in waiting",
};

function whereOf(step: FindingStep): string {
  return WHERE[step];
}
