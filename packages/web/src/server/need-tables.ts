import type { NeedTable, UseByArea } from "@taproot/awareness";
import { type Estimate, isAbsent } from "@taproot/statistics";
import { type CsvCell, csv } from "../words/csv.ts";

/** Use beside need by group, as a file. */
export function needGroupsCsv({
  by,
  standard,
  kindsBy,
  rows,
  years,
  comparisons,
}: NeedTable): string {
  return csv(
    [
      by,
      "people",
      "referrals",
      years === undefined ? "referrals per 1000 people" : "referrals per 1000 people a year",
      "lower",
      "upper",
      "expected",
      "expected at the rates of",
      "allowing for",
      "missing",
      "missing lower",
      "missing upper",
      "observed over expected",
      "ratio lower",
      "ratio upper",
      "p",
      "q",
      "comparisons",
      "not recorded",
      "missing at least",
      "missing at most",
      "sentence",
    ],
    rows.map(({ group, people, referrals, rate, use, q, bounds, sentence }) => [
      group.name,
      people,
      referrals,
      ...limits(isAbsent(rate) ? undefined : rate),
      isAbsent(use) ? use.absent : use.expected,
      standard,
      kindsBy.join(" and "),
      ...limits(isAbsent(use) ? undefined : use),
      ...limits(isAbsent(use) || isAbsent(use.ratio) ? undefined : use.ratio),
      isAbsent(use) ? undefined : use.p,
      q,
      comparisons,
      bounds.unknown,
      isAbsent(use) ? undefined : bounds.lower,
      isAbsent(use) ? undefined : bounds.upper,
      sentence,
    ]),
  );
}

/** Use beside need by small area, as a file: nothing of areas where fewer than ten referrals are expected. */
export function needAreasCsv({ areas }: UseByArea): string {
  return csv(
    [
      "area",
      "name",
      "district",
      "deprivation fifth",
      "people",
      "referrals",
      "expected",
      "missing",
      "missing lower",
      "missing upper",
      "observed over expected, drawn towards the mean",
      "ratio lower",
      "ratio upper",
      "beyond chance",
    ],
    areas.map((one) => [
      one.area,
      one.name,
      one.district,
      one.deprivation === 0 ? undefined : one.deprivation,
      one.people,
      one.observed,
      one.expected,
      ...limits(one.missing),
      ...limits(one.ratio),
      one.standing,
    ]),
  );
}

function limits(estimate: Estimate | undefined): readonly CsvCell[] {
  return estimate
    ? [estimate.value, estimate.lower, estimate.upper]
    : [undefined, undefined, undefined];
}
