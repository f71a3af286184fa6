import { isAbsent, lifeTable } from "@taproot/statistics";
import { type Measure, percentText } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";

export const lifeExpectancyMeasure: Measure = {
  name: "life-expectancy",
  question: "How many years may people expect to live?",
  page: "life-expectancy",
  alternatives: [
    [
      numberColumn("startage", "First age of the band: 0, 1, 5, 10, …; the last band is open"),
      numberColumn("deaths", "How many died in the band"),
      numberColumn("population", "How many people of the band"),
    ],
  ],
  method: ({ confidence }) =>
    `Abridged life table (Chiang, last band after Silcocks), years, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const startAges = group.numbers("startage");
    const order = startAges
      .map((_, row) => row)
      .sort((i, j) => (startAges[i] as number) - (startAges[j] as number));
    const sorted = (column: string) => {
      const values = group.numbers(column);
      return order.map((row) => values[row] as number);
    };
    const table = lifeTable(
      {
        startAges: sorted("startage"),
        deaths: sorted("deaths"),
        populations: sorted("population"),
      },
      { confidence },
    );
    return isAbsent(table)
      ? [{ outcome: table }]
      : table.map(({ startAge, expectancy }) => ({
          keys: { startage: startAge },
          outcome: expectancy,
        }));
  },
};
