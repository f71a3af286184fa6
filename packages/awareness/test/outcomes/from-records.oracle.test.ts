import { FATES } from "@taproot/model";
import { differenceInMeans, isAbsent, type Result, sampleMean } from "@taproot/statistics";
import { afterAll, beforeAll, expect, test } from "vitest";
import { instrumentsIn, outcomesBy } from "../../src/index.ts";
import { type CountedFile, countAFile } from "../count-a-file.ts";
import { type MadeUpRow, madeUpFile, madeUpRows } from "../made-up-rows.ts";

// Outcomes worked out from the rows of a list one by one, without cubes.

const rows = madeUpRows(1500);
const PAIN = "Pain (0 to 10)";
const outcome = {
  higherIsBetter: true,
  smallestChange: 0.5,
  instruments: [
    { instrument: PAIN, higherIsBetter: false, smallestChange: 1, source: "Audit, 2025" },
  ],
};
let file: CountedFile;

beforeAll(async () => {
  file = await countAFile(madeUpFile(rows), (mapping) => ({
    ...mapping,
    outcome,
    confirmed: true,
  }));
});
afterAll(() => file.close());

const there = <T>(result: Result<T>): T => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

/** Tenths of points, whole numbers: no rounding hides in the slow way. */
function gain(row: MadeUpRow): number | undefined {
  if (!row.before || !row.after) return undefined;
  const change = Math.round(10 * Number(row.after)) - Math.round(10 * Number(row.before));
  return row.measure === PAIN ? -change : change;
}

test("the settings of each measure reach the counts", () => {
  expect(file.manifest.description?.outcome).toEqual(outcome);
  expect(file.manifest.mapping.outcome).toEqual(outcome);
});

test.each([PAIN, "Goal score"])("on %s", async (instrument) => {
  const cube = await file.count({ characteristics: ["sex", "instrument"] });
  const used = instrumentsIn(cube).find((one) => one.instrument === instrument)!;
  const smallest = instrument === PAIN ? 10 : 5;
  const own = rows.filter(({ measure }) => measure === instrument);
  expect(used).toMatchObject({
    people: own.length,
    measured: own.filter((row) => gain(row) !== undefined).length,
  });
  const table = outcomesBy(cube, { characteristic: "sex", instrument, settings: outcome });
  const ofSex = (sex: string) => own.filter((row) => (row.sex || "Not recorded") === sex);
  const gains = (sex: string) =>
    ofSex(sex).flatMap((row) => {
      const change = gain(row);
      return change === undefined ? [] : [change / 10];
    });
  for (const row of table.groups) {
    const people = ofSex(row.group.name);
    const finished = people.filter(({ completed }) => completed !== "");
    const scored = finished.filter((one) => gain(one) !== undefined);
    const improved = scored.filter((one) => gain(one)! > 0 && gain(one)! >= smallest);
    expect(row).toMatchObject({
      finished: finished.length,
      unmeasured: finished.length - scored.length,
      measured: gains(row.group.name).length,
    });
    const mean = there(sampleMean(gains(row.group.name)));
    expect(there(row.change).value).toBeCloseTo(mean.value, 9);
    expect(there(row.change).lower).toBeCloseTo(mean.lower, 7);
    expect(there(row.improved)).toMatchObject({
      reached: improved.length,
      denominator: scored.length,
    });
    expect(there(row.improvedBounds)).toEqual({
      lower: improved.length / finished.length,
      upper: (improved.length + finished.length - scored.length) / finished.length,
    });
  }
  const women = table.groups.find(({ group }) => group.name === "Female")!;
  const [first, second] = [gains("Female"), gains("Male")].map((list) => there(sampleMean(list)));
  const difference = there(differenceInMeans(first!, second!));
  expect(there(women.changeDifference).lower).toBeCloseTo(difference.lower, 7);
  expect(there(women.changeDifference).upper).toBeCloseTo(difference.upper, 7);
  expect(there(women.changeDifference).value).toBeLessThan(0);
});

test("the ordinary pathway counts improvement by each measure’s own threshold", async () => {
  const cube = await file.count({ characteristics: [] });
  const improved = rows.filter((row) => {
    const change = gain(row);
    const smallest = row.measure === PAIN ? 10 : 5;
    return row.completed && change !== undefined && change > 0 && change >= smallest;
  });
  expect(cube.fates[FATES.indexOf("improved")]).toBe(improved.length);
});
