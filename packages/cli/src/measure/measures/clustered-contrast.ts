import { clusteredContrast, isAbsent, type UnitCounts } from "@taproot/statistics";
import { type Measure, type MeasureGroup, percentText, UnusableTable } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";

/** The two groups of the table, the one that is taken away last. */
function twoGroupsOf(group: MeasureGroup, reference: string): [string, string] {
  const names = group.texts("group");
  const blank = names.indexOf("");
  if (blank >= 0)
    throw new UnusableTable(
      `Row ${group.lines[blank]} has no "group". Name the group that its people belong to.`,
    );
  const [first, second, ...more] = new Set(names);
  if (first === undefined || second === undefined || more.length > 0)
    throw new UnusableTable(
      `The column "group" must name two groups; it names ${new Set(names).size}. Keep the rows of two.`,
    );
  if (reference === "" || reference === second) return [first, second];
  if (reference === first) return [second, first];
  throw new UnusableTable(
    `No row has "${reference}" in the column "group". Name one of: ${first}, ${second}.`,
  );
}

/** The rows as counts of every unit in both groups. */
function unitCountsOf(group: MeasureGroup, groups: readonly string[]): UnitCounts {
  const [names, units] = [group.texts("group"), group.texts("unit")];
  const [top, bottom] = [group.numbers("reached"), group.numbers("denominator")];
  const places = new Map([...new Set(units)].map((unit, place) => [unit, place]));
  const reached = new Array<number>(places.size * groups.length).fill(0);
  const denominator = [...reached];
  const seen = new Map<number, number>();
  group.lines.forEach((line, row) => {
    const [unit, y, n] = [units[row] as string, top[row] as number, bottom[row] as number];
    if (unit === "")
      throw new UnusableTable(`Row ${line} has no "unit". Name the organisation or area.`);
    if (!(y >= 0 && y <= n))
      throw new UnusableTable(
        `Row ${line} has ${y} reached of a denominator of ${n}. It must lie from 0 to the denominator.`,
      );
    const cell =
      (places.get(unit) as number) * groups.length + groups.indexOf(names[row] as string);
    const before = seen.get(cell);
    if (before !== undefined)
      throw new UnusableTable(
        `Row ${line} is the same unit and group as row ${before}. Give one row for both: add the two up.`,
      );
    seen.set(cell, line);
    reached[cell] = y;
    denominator[cell] = n;
  });
  return { reached, denominator, groups: groups.length };
}

export const clusteredContrastMeasure: Measure = {
  name: "clustered-contrast",
  question:
    "Are people in one group of organisations or areas really worse served, or do organisations simply differ?",
  page: "clustered-contrast",
  alternatives: [
    [
      { name: "unit", kind: "text", description: "The organisation or area" },
      { name: "group", kind: "text", description: "One of two groups; a unit may have both" },
      numberColumn("reached", "How many people reached it"),
      numberColumn("denominator", "How many people could have"),
    ],
  ],
  options: [
    {
      name: "reference",
      kind: "text",
      default: "",
      description: "The group that is taken away; the second of the table unless given",
    },
  ],
  method: ({ confidence }) =>
    `Difference of pooled shares, leaving each unit out in turn (CR3), Student's t, ${percentText(confidence)}`,
  run(group, { confidence, text }) {
    const [first, second] = twoGroupsOf(group, text("reference"));
    const named = { group: first, minus: second };
    const counts = unitCountsOf(group, [first, second]);
    const gap = clusteredContrast(counts, [1, -1], { confidence });
    if (isAbsent(gap)) return [{ keys: named, outcome: gap }];
    const part = (name: string, value: number) => ({
      keys: { ...named, part: name },
      outcome: { value },
    });
    return [
      { keys: { ...named, part: "difference" }, outcome: gap },
      part("p-value", gap.p),
      part("units", gap.units),
      part("degrees of freedom", gap.degreesOfFreedom),
      part("design effect", gap.designEffect),
    ];
  },
};
