import { benjaminiHochberg, twoLevelFamilies } from "@taproot/statistics";
import {
  type Measure,
  type MeasureGroup,
  type MeasureResult,
  UnusableTable,
  WrongUsage,
} from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";

/** The rows of each family, in the order in which families are met. */
function rowsOfFamilies(group: MeasureGroup): Map<string, number[]> {
  const names = group.texts("family");
  const pValues = group.numbers("p");
  const families = new Map<string, number[]>();
  group.lines.forEach((line, row) => {
    const [name, p] = [names[row] as string, pValues[row] as number];
    if (name === "")
      throw new UnusableTable(
        `Row ${line} has no "family". Name the family that the test belongs to.`,
      );
    if (!(p >= 0 && p <= 1))
      throw new UnusableTable(
        `Row ${line} has a "p" of ${p}. A p-value lies from 0 to 1. Mend the row and try again.`,
      );
    const rows = families.get(name);
    if (rows) rows.push(row);
    else families.set(name, [row]);
  });
  return families;
}

export const twoLevelFamiliesMeasure: Measure = {
  name: "two-level-families",
  question: "Which of many families of cuts hold a gap, and which cuts in them?",
  page: "many-cuts",
  alternatives: [
    [
      { name: "family", kind: "text", description: "The family of the test, such as a step" },
      { name: "test", kind: "text", description: "What the test is called in the answer" },
      numberColumn("p", "Its p-value"),
    ],
  ],
  options: [
    {
      name: "q",
      kind: "number",
      default: 0.05,
      description: "The share of false calls that is allowed; 0.05 unless given",
    },
  ],
  method: ({ number }) =>
    `Two levels by Benjamini and Bogomolov, q ${number("q")}; a family's value is its Simes p-value, a test's is adjusted within its family and called when its family is and it is not above the level`,
  run(group, { number }) {
    const q = number("q");
    if (!(q > 0 && q < 1))
      throw new WrongUsage(`--q must lie between 0 and 1; it is ${q}. Try --q 0.05.`);
    const families = [...rowsOfFamilies(group)];
    const [pValues, tests] = [group.numbers("p"), group.texts("test")];
    const pOfFamilies = families.map(([, rows]) => rows.map((row) => pValues[row] as number));
    const found = twoLevelFamilies(pOfFamilies, { q });
    const called = (yes: boolean | undefined) => (yes === true ? "yes" : "no");
    const results = families.flatMap(([family, rows], i): MeasureResult[] => {
      const adjusted = benjaminiHochberg(pOfFamilies[i] as number[]);
      return [
        {
          keys: { part: "family", family, test: "", called: called(found.selected[i]) },
          outcome: { value: found.familyPValues[i] as number },
        },
        ...rows.map((row, at) => ({
          keys: {
            part: "test",
            family,
            test: tests[row] as string,
            called: called(found.rejected[i]?.[at]),
          },
          outcome: { value: adjusted[at] as number },
        })),
      ];
    });
    const chosen = found.selected.filter(Boolean).length;
    if (chosen === 0) return results;
    const level = { value: (q * chosen) / families.length };
    return [
      ...results,
      { keys: { part: "level", family: "", test: "", called: "" }, outcome: level },
    ];
  },
};
