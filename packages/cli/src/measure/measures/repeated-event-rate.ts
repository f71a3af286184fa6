import { repeatedEventRate } from "@taproot/statistics";
import { type Measure, percentText, UnusableTable } from "../measure.ts";
import { numberColumn, perOption } from "../measure-columns.ts";

export const repeatedEventRateMeasure: Measure = {
  name: "repeated-event-rate",
  question: "How often does something happen that may happen to one person again?",
  page: "rate",
  alternatives: [
    [
      numberColumn("events", "How many events a person had: 1, 2, 3, …"),
      numberColumn("people", "How many people had that many"),
      numberColumn("population", "Among how many people; the same in each row of a group"),
    ],
  ],
  options: [perOption(100_000)],
  method: ({ confidence, number }) =>
    `Rate per ${number("per").toLocaleString("en-GB")} of repeated events, Byar's limits widened by the number of events a person, ${percentText(confidence)}`,
  run(group, { confidence, number }) {
    const populations = group.numbers("population");
    const people = group.numbers("people");
    const peopleByEvents: number[] = [];
    group.numbers("events").forEach((events, row) => {
      const line = group.lines[row];
      if (!(Number.isInteger(events) && events >= 0 && events <= 10_000))
        throw new UnusableTable(
          `Row ${line}, column "events" is not a whole number from 0 to 10,000: ${events}. Mend it.`,
        );
      if (populations[row] !== populations[0])
        throw new UnusableTable(
          `Row ${line}, column "population" differs from the first row of its group. Make them the same.`,
        );
      if (events === 0) return;
      while (peopleByEvents.length < events) peopleByEvents.push(0);
      peopleByEvents[events - 1] = (peopleByEvents[events - 1] as number) + (people[row] as number);
    });
    return [
      {
        outcome: repeatedEventRate(peopleByEvents, populations[0] as number, {
          confidence,
          per: number("per"),
        }),
      },
    ];
  },
};
