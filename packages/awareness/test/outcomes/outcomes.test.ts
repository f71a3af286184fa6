import { isAbsent, type Result, sampleMean } from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import { instrumentsIn, outcomesBy } from "../../src/index.ts";
import { smallCube } from "../small-cube.ts";

const there = <T>(result: Result<T>): T => {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
};

const repeated = (values: readonly number[], times: number) =>
  Array.from({ length: times }, () => values).flat();

describe("outcomes by group", () => {
  const women = repeated([1, 2, 3, 0], 10);
  const men = repeated([3, 4, 5, 2], 10);
  const cube = smallCube(
    [
      {
        in: { sex: "Female" },
        fates: { improved: 20, completedNotImproved: 20, completedUnmeasured: 40, waiting: 9 },
        changes: women,
      },
      {
        in: { sex: "Male" },
        fates: { improved: 32, completedNotImproved: 8, completedUnmeasured: 10 },
        changes: men,
      },
      { in: {}, fates: { improved: 15, completedUnmeasured: 5 }, changes: repeated([9], 15) },
    ],
    { groups: { sex: ["Female", "Male"] } },
  );
  const table = outcomesBy(cube, { characteristic: "sex" });
  const named = (name: string) => table.groups.find(({ group }) => group.name === name)!;

  test("the mean change and its interval are those of the people themselves", () => {
    const own = there(sampleMean(women));
    const change = there(named("Female").change);
    expect(change.value).toBeCloseTo(own.value, 12);
    expect(change.lower).toBeCloseTo(own.lower, 10);
    expect(there(named("Female").changeDifference).value).toBeCloseTo(1.5 - 3.5, 12);
  });

  test("people without a second score are shown, with what they allow", () => {
    const female = named("Female");
    expect(female).toMatchObject({ finished: 80, unmeasured: 40, measured: 40 });
    expect(female.unmeasuredShare).toMatchObject({ value: 0.5, reached: 40, denominator: 80 });
    expect(female.improved).toMatchObject({ value: 0.5, reached: 20, denominator: 40 });
    expect(female.improvedBounds).toEqual({ lower: 20 / 80, upper: 60 / 80 });
    // Everyone else is those whose group is recorded: the men.
    expect(there(female.improvedGap).value).toBeCloseTo(100 * (0.5 - 0.8), 10);
    const bounds = there(female.gapBounds);
    expect(bounds.lower).toBeCloseTo(100 * (20 / 80 - 42 / 50), 10);
    expect(bounds.upper).toBeCloseTo(100 * (60 / 80 - 32 / 50), 10);
    expect(bounds.signIdentified).toBe(false);
  });

  test("the sentence leads with who gained less, and says of how many nothing is known", () => {
    expect(table.sentence).toMatchInlineSnapshot(
      `"Women and girls gained 2 points less than everyone else (likely between 1.5 and 2.5). Of 150 people who finished, 55 (37 %) have no score before and after: the share who improved lies between 45 % and 81 %, whoever they are."`,
    );
  });
});

describe("data that cannot say much", () => {
  test("no scores at all", () => {
    const cube = smallCube([{ in: { sex: "Female" }, fates: { inTreatment: 30 } }], {
      groups: { sex: ["Female"] },
      steps: ["referred", "seen"],
    });
    expect(outcomesBy(cube, { characteristic: "sex" }).sentence).toBe(
      "These data hold no scores from before and after.",
    );
  });

  test("every outcome missing: nothing is said of change, and the bounds are everything", () => {
    const cube = smallCube(
      [
        { in: { sex: "Female" }, fates: { completedUnmeasured: 40 } },
        { in: { sex: "Male" }, fates: { completedUnmeasured: 30 } },
      ],
      { groups: { sex: ["Female", "Male"] } },
    );
    const table = outcomesBy(cube, { characteristic: "sex" });
    for (const row of table.groups)
      expect(row).toMatchObject({
        change: { absent: "tooFew" },
        improved: { absent: "tooFew" },
        unmeasuredShare: { value: 1 },
        improvedBounds: { lower: 0, upper: 1 },
        gapBounds: { absent: "tooFew" },
      });
    expect(table.sentence).toBe(
      "Too few people have a score before and after to say how they did: 0.",
    );
  });

  test("nobody finished, one group, a group of three, everyone the same", () => {
    const none = smallCube([{ in: { sex: "Female" }, fates: { waiting: 40 } }], {
      groups: { sex: ["Female"] },
    });
    expect(outcomesBy(none).sentence).toBe(
      "Nobody here has finished, so no change can be told yet.",
    );
    const cube = smallCube(
      [
        { in: { sex: "Female" }, fates: { improved: 40 }, changes: repeated([2], 40) },
        { in: { sex: "Male" }, fates: { improved: 40 }, changes: repeated([2], 40) },
        { in: { sex: "Indeterminate" }, fates: { improved: 3 }, changes: [9, 9, 9] },
      ],
      { groups: { sex: ["Female", "Male", "Indeterminate"] } },
    );
    const { groups } = outcomesBy(cube, { characteristic: "sex" });
    expect(groups[0]!.change).toEqual({ value: 2, lower: 2, upper: 2 });
    expect(groups[2]).toMatchObject({ measured: 3, change: { absent: "tooFew" } });
    const one = outcomesBy(none, { characteristic: "sex" }).groups[0]!;
    expect(isAbsent(one.changeDifference)).toBe(true);
  });

  test("a gain of nobody's is said to be a loss", () => {
    const cube = smallCube(
      [
        {
          in: { sex: "Female" },
          fates: { completedNotImproved: 20 },
          changes: repeated([-1, -2], 10),
        },
      ],
      { groups: { sex: ["Female"] } },
    );
    expect(outcomesBy(cube).sentence).toMatch(/^People lost 1.5 points on average\./);
  });
});

describe("several instruments", () => {
  const cube = smallCube(
    [
      {
        in: { instrument: "Pain", sex: "Female" },
        fates: { improved: 30, inTreatment: 5 },
        changes: repeated([20], 30),
      },
      {
        in: { instrument: "Goal", sex: "Female" },
        fates: { improved: 40 },
        changes: repeated([1, 2], 20),
      },
      {
        in: { instrument: "Goal", sex: "Male" },
        fates: { improved: 40 },
        changes: repeated([1, 2], 20),
      },
      { in: { sex: "Male" }, fates: { completedUnmeasured: 60, waiting: 100 } },
    ],
    { groups: { sex: ["Female", "Male"], instrument: ["Goal", "Pain"] } },
  );

  test("are listed with their use, and never mixed", () => {
    expect(instrumentsIn(cube)).toEqual([
      { instrument: "Goal", people: 80, measured: 80 },
      { instrument: "Pain", people: 35, measured: 30 },
    ]);
    const goal = outcomesBy(cube, { characteristic: "sex", instrument: "Goal" });
    expect(goal.everyone).toMatchObject({ measured: 80, change: { value: 1.5 } });
    const pain = outcomesBy(cube, { characteristic: "sex", instrument: "Pain" });
    expect(pain.everyone).toMatchObject({ measured: 30, finished: 30, change: { value: 20 } });
    expect(pain.groups.map(({ group }) => group.name)).toEqual(["Female"]);
  });

  test("each with what a person said of it", () => {
    const settings = {
      higherIsBetter: true,
      smallestChange: 0,
      instruments: [
        { instrument: "Pain", higherIsBetter: false, smallestChange: 10, source: "Audit" },
      ],
    };
    expect(outcomesBy(cube, { instrument: "Pain", settings }).reading).toEqual({
      higherIsBetter: false,
      smallestChange: 10,
      source: "Audit",
    });
    expect(outcomesBy(cube, { instrument: "Goal", settings }).reading.smallestChange).toBe(0);
  });
});
