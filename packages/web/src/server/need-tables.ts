import type { NeedTable, UseByArea } from "@taproot/awareness";
import type { AreaProfiles } from "@taproot/place";
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

/**
 * Use beside need by small area, neighbourhood or district, as a file: nothing of areas where fewer than ten referrals are
 * expected. Small areas are named with their neighbourhood, larger ones with how many small areas they are made of.
 */
export function needAreasCsv({ areas, level }: UseByArea, profiles: AreaProfiles): string {
  const small = level === "smallArea";
  return csv(
    [
      "area",
      "name",
      small ? "neighbourhood" : "small areas",
      "district",
      small ? "deprivation fifth" : "deprivation fifths",
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
      small
        ? profiles.neighbourhoods[profiles.rowOf.get(one.area) ?? -1]?.name
        : one.smallAreas.length,
      level === "district" ? one.name : one.district,
      small ? one.fifths[0] : one.fifths.join(" "),
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
