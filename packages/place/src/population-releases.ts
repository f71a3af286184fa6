import { quoteText } from "@taproot/engine";
import { hasNoRepeats, hasRowsAtLeast } from "./checks.ts";
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

const LSOA = /^[EW]01[0-9]{6}$/;
const DATA_ZONE = /^S01[0-9]{6}$/;

interface Topic {
  readonly name: string;
  /** What its groups are of, in the order of its labels' parts. */
  readonly characteristics: readonly string[];
  readonly title: string;
  readonly publisher: string;
  readonly vintage: string;
  readonly page: string;
  /** One column a group, named "Topic: group". */
  readonly wide?: RegExp;
  /** One row a group: the columns of the group and of its count, and a group that tells the topic. */
  readonly long?: {
    readonly group: readonly RegExp[];
    readonly count: readonly RegExp[];
    readonly holds: RegExp;
    /** Columns of people by the groups of a second characteristic. */
    readonly across?: readonly { readonly column: RegExp; readonly group: string }[];
  };
  readonly code: RegExp;
  readonly areaColumns: readonly RegExp[];
  readonly areas: number;
}

const NOMIS = "https://www.nomisweb.co.uk/sources/census_2021_bulk";
const SCOTLAND_CENSUS = "https://www.scotlandscensus.gov.uk";
const census = (name: string, characteristic: string, title: string, wide: RegExp): Topic => ({
  name,
  characteristics: [characteristic],
  title,
  publisher: "Office for National Statistics",
  vintage: "Census 2021",
  page: NOMIS,
  wide,
  code: LSOA,
  areaColumns: [/^lsoa21_?(code|cd)$/, /^geography code$/],
  areas: 35_672,
});

const TOPICS: readonly Topic[] = [
  census("population-age-lsoa-2021", "age", "People by age, by LSOA", /^age: /),
  census(
    "population-disability-lsoa-2021",
    "disability",
    "People by disability, by LSOA",
    /^disability: /,
  ),
  census(
    "population-carers-lsoa-2021",
    "carer",
    "People by unpaid care, by LSOA",
    /^provision of unpaid care: /,
  ),
  census(
    "households-cars-lsoa-2021",
    "cars",
    "Households by cars or vans, by LSOA",
    /^number of cars or vans: /,
  ),
  {
    ...census(
      "population-ethnicity-lsoa-2021",
      "ethnicity",
      "People by ethnic group, by LSOA",
      /^ethnic group: /,
    ),
    long: { group: [/^ethnic_group$/], count: [/^n$/], holds: /^white/i },
  },
  {
    name: "population-age-sex-data-zone-2011",
    characteristics: ["age", "sex"],
    title: "People by age and sex, by data zone",
    publisher: "National Records of Scotland",
    vintage: "2021",
    page: SCOTLAND_CENSUS,
    long: {
      group: [/^age_group$/],
      count: [/^all_people$/],
      holds: /^[0-9]+ - [0-9]+$/,
      across: [
        { column: /^female$/, group: "Female" },
        { column: /^male$/, group: "Male" },
      ],
    },
    code: DATA_ZONE,
    areaColumns: [/^dz11_?(code|cd)$/],
    areas: 6976,
  },
  {
    name: "population-ethnicity-data-zone-2011",
    characteristics: ["ethnicity"],
    title: "People by ethnic group, by data zone",
    publisher: "National Records of Scotland",
    vintage: "2022",
    page: SCOTLAND_CENSUS,
    long: { group: [/^ethnic_group$/, /^religion$/], count: [/^count$/], holds: /^white/i },
    code: DATA_ZONE,
    areaColumns: [/^dz11_?(code|cd)$/],
    areas: 6976,
  },
];

function reading(topic: Topic, head: TableHead): Reading | undefined {
  const area = columnLike(head, ...topic.areaColumns);
  if (!valuesLike(head, area, topic.code)) return undefined;
  const rows = longRows(topic, head, area) ?? wideRows(topic, head, area);
  if (!rows) return undefined;
  return {
    select: rows,
    checks: [
      hasNoRepeats('area || chr(31) || "group"', "group"),
      hasRowsAtLeast(topic.areas, topic.title),
    ],
  };
}

/** Rows of whole nations and districts stand among those of small areas; they are left out. */
function inTopic(topic: Topic, area: number): string {
  return `regexp_matches(coalesce(${textSql(area)}, ''), ${quoteText(topic.code.source)})`;
}

function longRows(topic: Topic, head: TableHead, area: number): Reading["select"] | undefined {
  if (!topic.long) return undefined;
  const group = columnLike(head, ...topic.long.group);
  const count = columnLike(head, ...topic.long.count);
  if (group < 0 || count < 0) return undefined;
  if (!head.sample.some((row) => topic.long?.holds.test(row[group] ?? ""))) return undefined;
  const across = (topic.long.across ?? []).map((each) => ({
    at: columnLike(head, each.column),
    group: each.group,
  }));
  if (across.some(({ at }) => at < 0)) return undefined;
  const rows = (label: string, people: number) => (from: string) =>
    `SELECT ${textSql(area)} AS area, ${label} AS "group", ${numberSql(people)} AS population
     FROM ${from} WHERE ${inTopic(topic, area)}`;
  const all = [
    rows(textSql(group), count),
    ...across.map((each) =>
      rows(`${textSql(group)} || ${quoteText(LABEL_SEPARATOR + each.group)}`, each.at),
    ),
  ];
  return (from) => all.map((each) => each(from)).join(" UNION ALL ");
}

function wideRows(topic: Topic, head: TableHead, area: number): Reading["select"] | undefined {
  const { wide } = topic;
  if (!wide) return undefined;
  const columns = head.columns.flatMap((name, index) =>
    wide.test(name.trim().toLowerCase()) ? [{ name: name.trim(), index }] : [],
  );
  if (columns.length < 2) return undefined;
  return (from) =>
    columns
      .map(
        ({ name, index }) =>
          `SELECT ${textSql(area)} AS area, ${quoteText(groupName(name))} AS "group",
                  ${numberSql(index)} AS population FROM ${from} WHERE ${inTopic(topic, area)}`,
      )
      .join(" UNION ALL ");
}

/** "Age: Aged 15 to 19 years; measures: Value" is about people aged 15 to 19 years. */
function groupName(column: string): string {
  return column
    .slice(column.indexOf(":") + 1)
    .replace(/; measures: value$/i, "")
    .trim();
}

/** Who lives in the small areas: kept as one row an area and group. */
export const POPULATION_RELEASES: readonly Release[] = TOPICS.map((topic) => ({
  name: topic.name,
  kind: "population",
  characteristics: topic.characteristics,
  title: topic.title,
  publisher: topic.publisher,
  vintage: topic.vintage,
  licence: OPEN_GOVERNMENT_LICENCE,
  published: { page: topic.page, choose: `${topic.title} (CSV)` },
  read: (head) => reading(topic, head),
}));

/** What the groups of a published population are of, by its name: for data that was added before entries said so. */
export function populationCharacteristics(name: string): readonly string[] {
  return TOPICS.find((topic) => topic.name === name)?.characteristics ?? [];
}
