import { isAbsent, type Result, waitingListStatistics } from "@taproot/statistics";
import {
  type Measure,
  type MeasureGroup,
  type MeasureResult,
  UnusableTable,
  WrongUsage,
} from "../measure.ts";

const dayLength = 86_400_000;

/** The number of a day written as 2026-03-31. */
function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  return time / dayLength;
}

function days(group: MeasureGroup, column: string): (number | null)[] {
  return group.texts(column).map((text, row) => {
    if (text === "" && column === "removal") return null;
    const day = dayOf(text);
    if (day === undefined)
      throw new UnusableTable(
        `Row ${group.lines[row]}, column "${column}" is no date like 2026-03-31. Mend the row and try again.`,
      );
    return day;
  });
}

export const waitingListFromDaysMeasure: Measure = {
  name: "waiting-list-statistics",
  question: "Is a list under control, from the days of referral and removal?",
  page: "waiting-list",
  alternatives: [
    [
      { name: "referral", kind: "text", description: "Day of referral, as 2026-03-31" },
      {
        name: "removal",
        kind: "text",
        description: "Day of leaving the list; blank while still on it",
      },
    ],
  ],
  options: [
    { name: "from", kind: "text", default: "", description: "First day of the period" },
    { name: "to", kind: "text", default: "", description: "Last day of the period" },
    {
      name: "target",
      kind: "number",
      default: 18,
      description: "The longest wait aimed at, in weeks; 18 unless given",
    },
  ],
  method: ({ number, text }) =>
    `Waiting-list formulas of Fong and others, ${text("from")} to ${text("to")}, target ${number("target")} weeks; rates are people a week`,
  run(group, { number, text }) {
    const [from, to] = [dayOf(text("from")), dayOf(text("to"))];
    if (from === undefined || to === undefined || to < from)
      throw new WrongUsage(
        "--from and --to must be days of a period, as in --from 2026-01-01 --to 2026-03-31.",
      );
    const found = waitingListStatistics(
      { referral: days(group, "referral") as number[], removal: days(group, "removal") },
      { from, to },
      number("target"),
    );
    const parts: Record<string, Result<number>> = {
      referrals: found.referrals,
      removals: found.removals,
      "demand a week": found.demandPerWeek,
      "capacity a week": found.capacityPerWeek,
      load: found.load,
      "on the list": found.queueSize,
      "target size": found.targetQueueSize,
      "mean wait so far, weeks": found.meanElapsedWaitWeeks,
      pressure: found.pressure,
      "capacity to hold it": found.targetCapacityPerWeek,
      "capacity to bring it down in 26 weeks": found.reliefCapacityPerWeek,
    };
    return Object.entries(parts).map(
      ([part, value]): MeasureResult => ({
        keys: { part },
        outcome: isAbsent(value) ? value : { value },
      }),
    );
  },
};
