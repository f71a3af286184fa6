import { STANDARD_CHARACTERISTICS } from "@taproot/model";
import { hasCodes, hasNoRepeatedRows, hasNoRepeats, hasOutlines, hasPeople } from "./checks.ts";
import { OUTLINE_COLUMN } from "./geojson-table.ts";
import { outlinesSql } from "./outline-releases.ts";
import { LABEL_SEPARATOR, TOTAL } from "./population-groups.ts";
import {
  columnLike,
  type Reading,
  type Release,
  type TableHead,
  textSql,
  valuesLike,
} from "./release.ts";

/** Codes of small areas of the four nations, and of a demo. */
const SMALL_AREA = /^(?:[EWSD]01[0-9]{6}|N2[01][0-9]{6}|95[A-Z]{2}[0-9]{2}[A-Z][0-9])$/;
const DESCRIPTION = "codes of small areas (E01…, W01…, S01…, N20…, N21…, 95…)";
/** What publishers write where somebody lives in no area that they know. */
const NO_AREA = "^(?:NO20|E99|W99|S99|N99|[LM]99)";
const SMALL_AREA_OR_NONE = new RegExp(`${SMALL_AREA.source}|${NO_AREA}`);

const COUNT_COLUMN =
  /\b(?:count|people|persons?|population|residents?|patients?|number|n|total|register|registered|list size|observations?|clients?|members?)\b/;
const NUMBER = /^[0-9][0-9,]*(?:\.[0-9]+)?$/;
/** Columns that name what another column codes, or say nothing of people. */
const BESIDE =
  /\b(?:code|cd|id|name|nm|label|practice|date|extract|publication|district|local authority|lad|ltla|region|icb|board|ward|country|nation)\b/;
const MOST_GROUPS = 40;
const MOST_CHARACTERISTICS = 3;

/** Tables and outlines of a person's own: tried after every publication. */
export const OWN_RELEASES: readonly Release[] = [
  {
    name: "own-table",
    kind: "population",
    own: true,
    title: "A table of your own: people by area, such as a register",
    publisher: "your own",
    vintage: "as added",
    licence: "your own",
    published: { page: "", choose: "" },
    read: ownTable,
  },
  {
    name: "own-outlines",
    kind: "outlines",
    own: true,
    title: "Outlines of your own areas",
    publisher: "your own",
    vintage: "as added",
    licence: "your own",
    published: { page: "", choose: "" },
    read: ownOutlines,
  },
];

function ownTable(head: TableHead): Reading | undefined {
  if (head.columns.includes(OUTLINE_COLUMN)) return undefined;
  const area = areaColumn(head);
  const count = countColumn(head, area);
  if (area < 0 || count < 0) return undefined;
  const { groups, others } = groupColumns(head, area, count);
  if (groups.length > MOST_CHARACTERISTICS) return undefined;
  const label =
    groups.length === 0
      ? "''"
      : groups
          .map(({ column }) => `coalesce(${textSql(column)}, '')`)
          .join(` || '${LABEL_SEPARATOR}' || `);
  const people = `try_cast(replace(${textSql(count)}, ',', '') AS DOUBLE)`;
  return {
    characteristics: groups.map(({ characteristic }) => characteristic),
    select: (from) =>
      `SELECT area, "group", sum(people) AS population, count(*) AS times,
              count(*) FILTER (WHERE people IS NULL OR NOT isfinite(people) OR people < 0) AS wrong
       FROM (SELECT ${textSql(area)} AS area, ${label} AS "group", ${people} AS people FROM ${from})
       WHERE NOT regexp_matches(coalesce(area, ''), '${NO_AREA}') GROUP BY ALL`,
    checks: [
      hasCodes("area", SMALL_AREA, DESCRIPTION),
      hasPeople(),
      // Other columns, such as the practice, may tell rows of the same area apart: these are summed.
      ...(others ? [] : [hasNoRepeatedRows()]),
    ],
  };
}

function ownOutlines(head: TableHead): Reading | undefined {
  const outline = head.columns.indexOf(OUTLINE_COLUMN);
  const area = areaColumn(head);
  if (outline < 0 || area < 0) return undefined;
  const name = columnLike(head, /^.*(?:name|_?nm|label)$/);
  return {
    select: (from) => outlinesSql(from, area, name, outline),
    checks: [
      hasCodes("area", SMALL_AREA, DESCRIPTION),
      hasNoRepeats("area", "area code"),
      hasOutlines(),
    ],
  };
}

/** The only column of small areas' codes; -1 when there is none or more than one. */
function areaColumn(head: TableHead): number {
  const fitting = head.columns.flatMap((_, column) =>
    valuesLike(head, column, SMALL_AREA_OR_NONE) ? [column] : [],
  );
  return fitting.length === 1 ? fitting[0]! : -1;
}

/** The column of numbers that is called after people; -1 when there is none or more than one. */
function countColumn(head: TableHead, area: number): number {
  const called = head.columns.flatMap((name, column) =>
    column !== area && COUNT_COLUMN.test(normal(name)) && valuesLike(head, column, NUMBER)
      ? [column]
      : [],
  );
  return called.length === 1 ? called[0]! : -1;
}

function groupColumns(head: TableHead, area: number, count: number) {
  const groups: { column: number; characteristic: string }[] = [];
  let others = false;
  head.columns.forEach((name, column) => {
    if (column === area || column === count || name.trim() === "") return;
    const standard = standardName(normal(name));
    const values = new Set(head.sample.map((row) => row[column] ?? ""));
    if (standard && !/\bcode\b/.test(normal(name)))
      groups.push({ column, characteristic: standard });
    else if (
      !BESIDE.test(normal(name)) &&
      values.size <= MOST_GROUPS &&
      !valuesLike(head, column, NUMBER)
    )
      groups.push({ column, characteristic: name.trim() });
    else others = true;
  });
  // A column that says the same in every row is about the table, and one that says “all” is about nobody.
  const telling = groups.filter(({ column, characteristic }) => {
    const values = [...new Set(head.sample.map((row) => (row[column] ?? "").trim()))];
    const standard = STANDARD_CHARACTERISTICS.some((known) => known.name === characteristic);
    return values.length > 1 || (standard && !TOTAL.test(values[0] ?? ""));
  });
  return { groups: telling, others };
}

const normal = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[_\s]+/g, " ");

/** The model's characteristic that a column is called after: "Age (6 categories)" is age. */
function standardName(name: string): string | undefined {
  const called: readonly (readonly [RegExp, string])[] = [
    [/^age\b/, "age"],
    [/^(?:sex|gender)\b/, "sex"],
    [/^ethnic/, "ethnicity"],
    [/^disab/, "disability"],
    [/\bcarers?\b|^unpaid care/, "carer"],
  ];
  return (
    called.find(([pattern]) => pattern.test(name))?.[1] ??
    STANDARD_CHARACTERISTICS.find(
      (known) => known.about === "person" && known.label.toLowerCase() === name,
    )?.name
  );
}
