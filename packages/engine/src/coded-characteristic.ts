import {
  AGE_BANDS,
  CHILD_AGE_BANDS,
  type Characteristic,
  type Group,
  standardCharacteristic,
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

/** Finds the groups of every characteristic that the records hold. */
export async function codedCharacteristics(
  engine: Engine,
  description: RecordsDescription,
): Promise<readonly CodedCharacteristic[]> {
  const has = (column: RecordsColumn) => description.present.includes(column);
  const coded: CodedCharacteristic[] = [];
  if (has("deprivation_quintile")) {
    const { groups = [] } = standardCharacteristic("deprivation");
    coded.push({
      characteristic: describe("deprivation", groups),
      code: "coalesce(deprivation_quintile, 0)",
    });
  }
  if (has("age")) coded.push(await codedAge(engine));
  else if (has("age_band")) coded.push(await codedText(engine, "age", "age_band"));
  for (const column of textCharacteristics)
    if (has(column)) coded.push(await codedText(engine, column, column));
  for (const { column, characteristic } of description.further)
    coded.push(await codedText(engine, characteristic, column));
  if (has("referred")) coded.push(await codedPeriod(engine));
  return coded;
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

async function codedPeriod(engine: Engine): Promise<CodedCharacteristic> {
  const quarter = "(year(referred) * 4 + quarter(referred) - 1)";
  const [row] = await engine.rows(
    `select min(${quarter}) as first, max(${quarter}) as last from ${RECORDS_TABLE}`,
  );
  const first = Number(row?.first ?? 0);
  const last = Number(row?.last ?? first - 1);
  const { people } = standardCharacteristic("period");
  const groups: Group[] = [];
  for (let index = first; index <= last; index++) {
    const name = `${quarters[index % 4]} ${Math.floor(index / 4)}`;
    groups.push({ name, people: people(name) });
  }
  return {
    characteristic: describe("period", groups),
    code: `coalesce(${quarter} - ${first} + 1, 0)`,
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
  if (rows.length > MOST_GROUPS)
    groups.push({ name: "All others", people: "people in all other groups" });
  const type = await enumeration(engine, column, kept);
  const code = `enum_code(try_cast(${quoted} as ${type}))`;
  const position = new Map(groups.map((group, index) => [group.name, index + 1]));
  // The engine numbers the values as they were kept; screens order the groups: one small list leads from one to the other.
  const codes = kept.map((value) => position.get(value) ?? 0).join(", ");
  return {
    characteristic: describe(name, groups),
    code: `case when ${quoted} is null then 0 else coalesce([${codes}][${code}::integer + 1], ${groups.length}) end`,
  };
}

/** A type of the engine's that numbers the values, so that a text is looked up once and never compared again. */
async function enumeration(
  engine: Engine,
  column: string,
  values: readonly string[],
): Promise<string> {
  const dictionary = quoteIdentifier(`values_of_${column}`);
  const type = quoteIdentifier(`code_of_${column}`);
  await engine.run(
    `create or replace temp table ${dictionary} (position usmallint, value varchar)`,
  );
  for (let start = 0; start < values.length; start += 100) {
    const block = values.slice(start, start + 100);
    await engine.run(
      `insert into ${dictionary} values ${block.map(() => "(?, ?)").join(", ")}`,
      block.flatMap((value, index) => [start + index, value]),
    );
  }
  await engine.run(
    `create or replace temp type ${type} as enum (select value from ${dictionary} order by position)`,
  );
  return type;
}
