import type { CubeData, FileTable, TableValue } from "@taproot/engine";
import type { EstimateArrays } from "@taproot/statistics";
import { codesOfEstimate, type Estimates } from "./estimate-columns.ts";

const SHARE = ["", " lower", " upper"];
const fixed = [
  { name: "step", type: "text" },
  { name: "measure", type: "text" },
  { name: "weeks", type: "number" },
  { name: "said", type: "text" },
  ...numbers("group reached", "group of"),
  ...numbers(...SHARE.map((end) => `share${end}`)),
  ...numbers("rest reached", "rest of"),
  ...numbers(...SHARE.map((end) => `rest share${end}`)),
  ...numbers(...SHARE.map((end) => `points${end}`)),
  ...numbers(...SHARE.map((end) => `ratio${end}`)),
  ...numbers(...SHARE.map((end) => `people${end}`)),
  ...numbers("not recorded"),
  { name: "referred from", type: "text" },
  { name: "referred to", type: "text" },
  { name: "data taken on", type: "text" },
] as const satisfies FileTable["columns"];

function numbers(...names: readonly string[]) {
  return names.map((name) => ({ name, type: "number" }) as const);
}

/** Names for columns of characteristics: one that is called as another column is says what it is. */
export function characteristicColumns(
  characteristics: readonly { readonly name: string }[],
  others: readonly { readonly name: string }[],
): FileTable["columns"] {
  const taken = new Set(others.map(({ name }) => name.toLowerCase()));
  return characteristics.map(({ name }) => ({
    name: taken.has(name.toLowerCase()) ? `characteristic ${name}` : name,
    type: "text",
  }));
}

/**
 * Estimates as a table, a line each: the group of each characteristic that is crossed (empty: any), the step, the counts,
 * shares, difference in percentage points, ratio and people, each with its limits. A group too small to say anything about
 * has `too few` and no number.
 */
export function estimateTable(made: Estimates, data: CubeData): FileTable {
  const used = [...new Set(made.cuts.flat())].sort((a, b) => a - b);
  const characteristics = used.map((index) => made.characteristics[index]!);
  return {
    columns: [...characteristicColumns(characteristics, fixed), ...fixed],
    *rows() {
      for (let at = 0; at < made.length; at++) {
        const codes = codesOfEstimate(made, at);
        const groups = used.map((index) => {
          const code = codes.get(index);
          return code === undefined ? undefined : made.characteristics[index]!.groups[code]!.name;
        });
        yield [...groups, ...estimateRow(made, at), data.from, data.to, data.asOf];
      }
    },
  };
}

function estimateRow(made: Estimates, at: number): TableValue[] {
  const { step, measure, horizonWeeks } = made.measures[made.measure[at]!]!;
  const about = [step, measure, horizonWeeks];
  const { share, restShare, difference, ratio } = made;
  if (made.said[at] === 0) return [...about, "too few", ...Array<undefined>(20).fill(undefined)];
  const people = made.denominator[at]!;
  return [
    ...about,
    "yes",
    made.reached[at],
    people,
    ...limits(share, at),
    made.restReached[at],
    made.restDenominator[at],
    ...limits(restShare, at),
    ...limits(difference, at, 100),
    ...limits(ratio, at),
    ...limits(difference, at, people),
    made.unknown[at],
  ];
}

function limits(
  { values, lowers, uppers, present }: EstimateArrays,
  at: number,
  times = 1,
): TableValue[] {
  if (present[at] === 0) return [undefined, undefined, undefined];
  return [times * values[at]!, times * lowers[at]!, times * uppers[at]!];
}
