import { hasCodes, hasNoRepeats } from "./checks.ts";
import { LABEL_SEPARATOR } from "./population-groups.ts";
import {
  columnLike,
  numberSql,
  OPEN_GOVERNMENT_LICENCE,
  type Reading,
  type Release,
  type TableHead,
  textSql,
  valuesLike,
} from "./release.ts";
import { inModelOrder, residentsTitle } from "./table-draft.ts";

const LSOA = /^[EW]01[0-9]{6}$/;

/** Variables of the census that are characteristics here: "Age (6 categories)", "Unpaid care (5 categories)". */
const VARIABLES: readonly (readonly [RegExp, string])[] = [
  [/^age\b.*(?<!code)$/, "age"],
  [/^sex\b.*(?<!code)$/, "sex"],
  [/^ethnic group\b.*(?<!code)$/, "ethnicity"],
  [/^disability\b.*(?<!code)$/, "disability"],
  [/^unpaid care\b.*(?<!code)$/, "carer"],
];

function reading(head: TableHead): Reading | undefined {
  const area = columnLike(head, /^lower layer super output areas code$/);
  const count = columnLike(head, /^observations?$/);
  if (count < 0 || !valuesLike(head, area, LSOA)) return undefined;
  const variables = VARIABLES.flatMap(([pattern, characteristic]) => {
    const column = columnLike(head, pattern);
    return column < 0 ? [] : [{ column, characteristic }];
  });
  if (variables.length === 0) return undefined;
  const characteristics = variables.map((variable) => variable.characteristic);
  const label = variables
    .map(({ column }) => `coalesce(${textSql(column)}, '')`)
    .join(` || '${LABEL_SEPARATOR}' || `);
  const ordered = inModelOrder(characteristics);
  return {
    name: `population-${ordered.join("-")}-lsoa-2021`,
    title: `${residentsTitle(ordered)}, by LSOA`,
    characteristics,
    select: (from) =>
      `SELECT ${textSql(area)} AS area, ${label} AS "group", sum(${numberSql(count)}) AS population
       FROM ${from} WHERE ${textSql(area)} IS NOT NULL GROUP BY ALL`,
    checks: [
      hasCodes("area", LSOA, "LSOA codes of England and Wales (E01…, W01…)"),
      hasNoRepeats('area || chr(31) || "group"', "group"),
    ],
  };
}

/** Residents by several characteristics at once, as the census builds them on request: “create a custom dataset”. */
export const CENSUS_DATASET: Release = {
  name: "population-census-dataset-lsoa-2021",
  kind: "population",
  title: "People by several characteristics at once, by LSOA",
  publisher: "Office for National Statistics",
  vintage: "Census 2021",
  licence: OPEN_GOVERNMENT_LICENCE,
  published: {
    page: "https://www.ons.gov.uk/datasets/create",
    choose:
      "usual residents; Lower layer Super Output Areas; any of age, sex, ethnic group, disability and unpaid care (CSV)",
  },
  read: reading,
};
