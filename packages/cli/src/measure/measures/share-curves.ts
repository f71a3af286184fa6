import { concentrationCurve, isAbsent, lorenzCurve, type ShareCurve } from "@taproot/statistics";
import type { Measure, MeasureGroup, MeasureResult } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";

const value = numberColumn("value", "The value of one person, one row each");
const weight = {
  ...numberColumn("weight", "People that the row stands for; 1 when left out"),
  optional: true,
} as const;
const peopleOf = (group: MeasureGroup) => ({
  value: group.numbers("value"),
  ...(group.has("weight") && { weight: group.numbers("weight") }),
});
const points = ({ population, share }: ShareCurve): MeasureResult[] =>
  Array.from(population, (people, i) => ({
    keys: { "share of people": people },
    outcome: { value: share[i] as number },
  }));

const lorenzMeasure: Measure = {
  name: "lorenz-curve",
  question: "What share of the total do the lowest 10 %, 20 %… of people have?",
  page: "lorenz-curve",
  alternatives: [[value, weight]],
  method: () => "Lorenz curve; value: share of the total, people from the lowest value",
  run(group) {
    const curve = lorenzCurve(peopleOf(group));
    return isAbsent(curve) ? [{ outcome: curve }] : points(curve);
  },
};

const concentrationMeasure: Measure = {
  name: "concentration-curve",
  question: "What share of the total do the most deprived 10 %, 20 %… of people have?",
  page: "lorenz-curve",
  alternatives: [
    [numberColumn("rank", "The person's place; lowest = most deprived"), value, weight],
  ],
  method: () => "Concentration curve; value: share of the total, people from the most deprived",
  run(group) {
    const curve = concentrationCurve({ ...peopleOf(group), rank: group.numbers("rank") });
    return isAbsent(curve) ? [{ outcome: curve }] : points(curve);
  },
};

export const shareCurveMeasures: readonly Measure[] = [concentrationMeasure, lorenzMeasure];
