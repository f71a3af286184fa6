import { shareBeyondTarget, squareRootStaffing } from "@taproot/statistics";
import type { Measure } from "../measure.ts";
import { numberColumn } from "../measure-columns.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

const staffingMeasure: Measure = {
  name: "square-root-staffing",
  question: "How many servers keep waiting in hand without waste?",
  page: "queue",
  alternatives: [
    [
      numberColumn("load", "Arrivals over people that one server can serve, per unit of time"),
      numberColumn("beta", "Spare in square roots of the load; 1 makes one in five wait"),
    ],
  ],
  method: () => "Load + beta × √load servers, and Halfin and Whitt's share that waits",
  run: (group) =>
    group.lines.flatMap((line, row) => {
      const found = squareRootStaffing(
        group.numbers("load")[row] as number,
        group.numbers("beta")[row] as number,
      );
      const key = group.lines.length === 1 ? {} : { row: line };
      return [
        { keys: { ...key, part: "servers" }, outcome: { value: found.servers } },
        { keys: { ...key, part: "share that waits" }, outcome: { value: found.chanceOfWaiting } },
      ];
    }),
};

const beyondMeasure: Measure = {
  name: "share-beyond-target",
  question: "What share waits longer than a target, when only the mean wait is known?",
  page: "waiting-list",
  alternatives: [
    [numberColumn("meanwait", "Mean wait in weeks"), numberColumn("target", "The target in weeks")],
  ],
  method: () => "Waits taken as exponential",
  run: (group) =>
    resultForEachRow(group, (row) => ({
      value: shareBeyondTarget(
        group.numbers("meanwait")[row] as number,
        group.numbers("target")[row] as number,
      ),
    })),
};

export const staffingMeasures: readonly Measure[] = [beyondMeasure, staffingMeasure];
