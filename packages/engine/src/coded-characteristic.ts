import {
  AGE_BANDS,
  CHILD_AGE_BANDS,
  type Characteristic,
  type Group,
  standardCharacteristic,
  TaprootError,
  unknownGroup,
} from "@taproot/model";
import { type Engine, quoteIdentifier } from "./engine.ts";
import {
  type FurtherColumn,
  RECORDS_TABLE,
  type RecordsColumn,
  type RecordsDescription,
} from "./records-table.ts";

/** A characteristic with the SQL that turns a record into its group's code; code 0 is not recorded. */
export interface CodedCharacteristic {
  readonly characteristic: Characteristic;
  readonly code: string;
}

/** The most groups that one characteristic keeps apart; the rarest beyond it are counted together. */
export const MOST_GROUPS = 1000;

/** Small areas are never counted together, as far as a group's code goes. */
const MOST_AREAS = 65_000;

const textCharacteristics: readonly RecordsColumn[] = [
  "ethnicity",
  "sex",
  "disability",
  "language",
  "carer",
  "inclusion",
  "rurality",
  "digital",
  "service",
  "team",
  "setting",
  "source",
  "urgency",
  "place",
];

function describe(name: string, groups: readonly Group[]): Characteristic {
  const { label, about, ordered, subject } = standardCharacteristic(name);
  return { name, label, about, ordered, groups: [unknownGroup(subject), ...groups] };
}

type Coding = (engine: Engine) => Promise<CodedCharacteristic>;

/** How each characteristic that the records hold is coded, by name: those that every page shows, in their order. */
function ordinaryCodings({
  present,
  further,
}: RecordsDescription): readonly (readonly [string, Coding])[] {
  const has = (column: RecordsColumn) => present.includes(column);
  const codings: [string, Coding][] = [];
  if (has("deprivation_quintile"))
    codings.push(["deprivation", async () => codedNumber("deprivation", "deprivation_quintile")]);
  if (has("age")) codings.push(["age", codedAge]);
  else if (has("age_band")) codings.push(["age", (engine) => codedText(engine, "age", "age_band")]);
  for (const column of textCharacteristics)
    if (has(column)) codings.push([column, (engine) => codedText(engine, column, column)]);
  for (const { column, characteristic } of further)
    codings.push([characteristic, (engine) => codedText(engine, characteristic, column)]);
  if (has("referred")) codings.push(["period", codedPeriod]);
  return codings;
}

/** The same for those that are crossed only when a question asks for them. */
function furtherCodings({ present }: RecordsDescription): readonly (readonly [string, Coding])[] {
  const codings: [string, RecordsColumn, Coding][] = [
    ["area", "area", codedArea],
    [
      "deprivationDecile",
      "deprivation_decile",
      async () => codedNumber("deprivationDecile", "deprivation_decile"),
    ],
    ["referredWeek", "referred", codedWeek],
    ["referredMonth", "referred", codedMonth],
    [
      "declineReason",
      "decline_reason",
      (engine) => codedText(engine, "declineReason", "decline_reason"),
    ],
    [
      "removalReason",
      "removal_reason",
      (engine) => codedText(engine, "removalReason", "removal_reason"),
    ],
    [
      "instrument",
      "outcome_measure",
      (engine) => codedText(engine, "instrument", "outcome_measure"),
    ],
  ];
  return codings
    .filter(([, column]) => present.includes(column))
    .map(([name, , coding]) => [name, coding]);
}

/** The names of the characteristics that are stored: the ordinary ones, and the month, so that any run of months is a part. */
export function storedCharacteristics(description: RecordsDescription): readonly string[] {
  const ordinary = ordinaryCodings(description).map(([name]) => name);
  return ordinary.includes("period") ? [...ordinary, "referredMonth"] : ordinary;
}

/** The names of every characteristic that these records can be crossed by. */
export function countableCharacteristics(description: RecordsDescription): readonly string[] {
  return [...ordinaryCodings(description), ...furtherCodings(description)].map(([name]) => name);
}

/**
 * Finds the groups of the characteristics that the records hold.
 *
 * @param wanted only these, in this order, further ones among them; all ordinary ones when absent
 */
export async function codedCharacteristics(
  engine: Engine,
  description: RecordsDescription,
  wanted?: readonly string[],
): Promise<readonly CodedCharacteristic[]> {
  const ordinary = ordinaryCodings(description);
  const codings =
    wanted === undefined
      ? ordinary
      : wanted.map((name) => requireCoding([...ordinary, ...furtherCodings(description)], name));
  const coded: CodedCharacteristic[] = [];
  for (const [, coding] of codings) coded.push(await coding(engine));
  return coded;
}

function requireCoding(codings: readonly (readonly [string, Coding])[], name: string) {
  const found = codings.find(([candidate]) => candidate === name);
  if (!found)
    throw new TaprootError(
      "unknownCharacteristic",
      `These records have no characteristic “${name}”. They have: ${codings.map(([has]) => has).join(", ")}.`,
    );
  return found;
}

function codedNumber(
  name: "deprivation" | "deprivationDecile",
  column: RecordsColumn,
): CodedCharacteristic {
  const { groups = [] } = standardCharacteristic(name);
  return { characteristic: describe(name, groups), code: `coalesce(${column}, 0)` };
}

async function codedAge(engine: Engine): Promise<CodedCharacteristic> {
  const [row] = await engine.rows(`select max(age) as oldest from ${RECORDS_TABLE}`);
  const bands = Number(row?.oldest ?? 0) < 26 ? CHILD_AGE_BANDS : AGE_BANDS;
  const { people } = standardCharacteristic("age");
  const tests = bands
    .map((band, index) => `when age >= ${band.from} then ${index + 1}`)
    .reverse()
    .join(" ");
  return {
    characteristic: describe(
      "age",
      bands.map(({ name }) => ({ name, people: people(name) })),
    ),
    code: `case when age is null then 0 ${tests} else 0 end`,
  };
}

const quarters = [
  "January to March",
  "April to June",
  "July to September",
  "October to December",
] as const;

function codedPeriod(engine: Engine): Promise<CodedCharacteristic> {
  return codedTime(
    engine,
    "period",
    "(year(referred) * 4 + quarter(referred) - 1)",
    (index) => `${quarters[index % 4]} ${Math.floor(index / 4)}`,
  );
}

const monthName = new Intl.DateTimeFormat("en-GB", {
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const dayName = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const MILLISECONDS_A_DAY = 86_400_000;

function codedMonth(engine: Engine): Promise<CodedCharacteristic> {
  return codedTime(
    engine,
    "referredMonth",
    "(year(referred) * 12 + month(referred) - 1)",
    (index) => monthName.format(Date.UTC(Math.floor(index / 12), index % 12)),
  );
}

/** Weeks start on Monday, as 2 January 1899 was. */
function codedWeek(engine: Engine): Promise<CodedCharacteristic> {
  return codedTime(
    engine,
    "referredWeek",
    "(date_diff('day', date '1899-01-02', referred) // 7)",
    (index) => dayName.format(Date.UTC(1899, 0, 2) + 7 * index * MILLISECONDS_A_DAY),
  );
}

/** Every period from the first to the last, whether anybody was referred in it or not. */
async function codedTime(
  engine: Engine,
  name: string,
  index: string,
  nameOf: (index: number) => string,
): Promise<CodedCharacteristic> {
  const [row] = await engine.rows(
    `select min(${index}) as first, max(${index}) as last from ${RECORDS_TABLE}`,
  );
  const first = Number(row?.first ?? 0);
  const last = Number(row?.last ?? first - 1);
  const { people } = standardCharacteristic(name);
  const groups: Group[] = [];
  for (let at = first; at <= last; at++)
    groups.push({ name: nameOf(at), people: people(nameOf(at)) });
  return {
    characteristic: describe(name, groups),
    code: `coalesce(${index} - ${first} + 1, 0)`,
  };
}

const naturalOrder = new Intl.Collator("en-GB", { numeric: true });

async function codedText(
  engine: Engine,
  name: string,
  column: RecordsColumn | FurtherColumn["column"],
): Promise<CodedCharacteristic> {
  const quoted = quoteIdentifier(column);
  const standard = standardCharacteristic(name);
  const rows = await engine.rows(
    `select ${quoted} as value, count(*) as records from ${RECORDS_TABLE} where ${quoted} is not null group by all order by records desc, value`,
  );
  const kept = rows.slice(0, MOST_GROUPS).map((row) => String(row.value));
  const fixed = (standard.groups ?? []).filter((group) => kept.includes(group.name));
  const others = kept
    .filter((value) => !fixed.some((group) => group.name === value))
    .sort(naturalOrder.compare)
    .map((value) => ({ name: value, people: standard.people(value) }));
  const groups = [...fixed, ...others];
  const dictionary = await valuesTable(engine, column);
  for (let start = 0; start < groups.length; start += 100) {
    const block = groups.slice(start, start + 100);
    await engine.run(
      `insert into ${dictionary} values ${block.map(() => "(?, ?)").join(", ")}`,
      block.flatMap((group, index) => [start + index, group.name]),
    );
  }
  if (rows.length > MOST_GROUPS)
    groups.push({ name: "All others", people: "people in all other groups" });
  return {
    characteristic: describe(name, groups),
    code: await codeByValue(engine, column, groups.length),
  };
}

/** Small areas: tens of thousands of codes, which stay in the engine and come in their own order. */
async function codedArea(engine: Engine): Promise<CodedCharacteristic> {
  const dictionary = await valuesTable(engine, "area");
  await engine.run(
    `insert into ${dictionary} select row_number() over (order by value) - 1, value from (select area as value from ${RECORDS_TABLE} where area is not null group by all order by count(*) desc, value limit ${MOST_AREAS})`,
  );
  const rows = await engine.rows(`select value from ${dictionary} order by position`);
  const { people } = standardCharacteristic("area");
  const groups = rows
    .map((row) => String(row.value))
    .map((name) => ({ name, people: people(name) }));
  const [all] = await engine.rows(`select count(distinct area) as areas from ${RECORDS_TABLE}`);
  if (Number(all?.areas ?? 0) > groups.length)
    groups.push({ name: "All others", people: "people in all other groups" });
  return {
    characteristic: describe("area", groups),
    code: await codeByValue(engine, "area", groups.length),
  };
}

/** An empty table for a column's values, in the order of their groups. */
async function valuesTable(engine: Engine, column: string): Promise<string> {
  const dictionary = quoteIdentifier(`values_of_${column}`);
  await engine.run(`create or replace temp table ${dictionary} (position integer, value varchar)`);
  return dictionary;
}

/**
 * SQL for the code of a column's value: 0 where there is none, the place of its group, or the last where it has none. The
 * values become a type of the engine's that numbers them, so that a text is looked up once and never compared again.
 */
async function codeByValue(engine: Engine, column: string, last: number): Promise<string> {
  const quoted = quoteIdentifier(column);
  const type = quoteIdentifier(`code_of_${column}`);
  await engine.run(
    `create or replace temp type ${type} as enum (select value from ${quoteIdentifier(`values_of_${column}`)} order by position)`,
  );
  return `case when ${quoted} is null then 0 else coalesce(enum_code(try_cast(${quoted} as ${type}))::integer + 1, ${last}) end`;
}
