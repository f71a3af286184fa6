import type { MeanWaits, OverLimitTable, WaitsTable } from "@taproot/awareness";
import { isAbsent } from "@taproot/statistics";
import { csv } from "../words/csv.ts";
import { estimateCells, qOf } from "./tables.ts";
import type { BandTable } from "./wait-bands.ts";
import type { ReferralsAnswer } from "./wait-questions.ts";

interface Grouped<T> {
  readonly characteristic?: string;
  readonly groups: readonly T[];
  readonly everyone: T;
}

function rowsOf<T extends { readonly group: { readonly name: string } }>(table: Grouped<T>) {
  return [
    ...table.groups.map((row) => ({ name: row.group.name, row })),
    { name: "Everyone", row: table.everyone },
  ];
}

/** Waits as a file, a line for each group. */
export function waitsCsv(table: WaitsTable): string {
  const { clock, horizons } = table;
  return csv(
    [
      table.characteristic ?? "group",
      "clock",
      "people",
      clock.to,
      "left",
      "still waiting",
      `waiting over ${clock.limitWeeks} weeks`,
      ...table.everyone.quantiles.flatMap(({ share }) => [
        `${100 * share}% by (weeks)`,
        `${100 * share}% by lower`,
        `${100 * share}% by upper`,
      ]),
      ...horizons.flatMap((weeks) => [
        `${clock.to} by ${weeks} weeks`,
        `${clock.to} by ${weeks} weeks lower`,
        `${clock.to} by ${weeks} weeks upper`,
      ]),
    ],
    rowsOf(table).map(({ name, row }) => [
      name,
      clock.label,
      row.people,
      row.seen,
      row.left,
      row.stillWaiting,
      row.waitingOverLimit,
      ...row.quantiles.flatMap(({ weeks }) =>
        isAbsent(weeks)
          ? estimateCells(weeks)
          : [weeks.value, weeks.lower, weeks.upperIsOpen ? "later" : weeks.upper],
      ),
      ...horizons.flatMap((at) =>
        estimateCells(row.seenBy.find(({ weeks }) => weeks === at)?.chance),
      ),
    ]),
  );
}

/** Mean waits as a file, a line for each group. */
export function meanWaitsCsv(table: MeanWaits): string {
  const { clock, horizonWeeks } = table;
  const horizon = isAbsent(horizonWeeks) ? undefined : horizonWeeks;
  return csv(
    [
      table.characteristic ?? "group",
      "clock",
      "people",
      "counted up to (weeks)",
      "mean wait (weeks)",
      "mean lower",
      "mean upper",
      "longer than everyone else (weeks)",
      "longer lower",
      "longer upper",
      "q",
    ],
    rowsOf(table).map(({ name, row }) => [
      name,
      clock.label,
      row.people,
      horizon,
      ...estimateCells(row.mean),
      ...estimateCells(row.difference),
      qOf(row, row.difference),
    ]),
  );
}

/** Who is over the limit, as a file, a line for each group. */
export function overLimitCsv(table: OverLimitTable, asOf: string | undefined): string {
  const { limitWeeks, label } = table.clock;
  return csv(
    [
      table.characteristic ?? "group",
      "clock",
      "on",
      "still waiting",
      `over ${limitWeeks} weeks`,
      "share over",
      "share lower",
      "share upper",
      "points more than everyone else",
      "points lower",
      "points upper",
      "q",
      "will be over within 4 weeks",
    ],
    rowsOf(table).map(({ name, row }) => [
      name,
      label,
      asOf,
      row.waiting,
      row.over,
      ...estimateCells(row.share),
      ...estimateCells(row.gap),
      qOf(row, row.gap),
      row.soon,
    ]),
  );
}

/** Each month's or week's referrals as a file. */
export function referralsCsv({ referrals, whose }: ReferralsAnswer): string {
  const { cohorts, clock } = referrals;
  return csv(
    [
      "referred",
      "of",
      "clock",
      "people",
      "still waiting",
      `${clock.to} within ${clock.limitWeeks} weeks`,
      "within lower",
      "within upper",
      "half by (weeks)",
      "half by lower",
      "half by upper",
    ],
    cohorts.map(({ group, people, stillWaiting, withinLimit, median }) => [
      group.name,
      whose?.name ?? "Everyone",
      clock.label,
      people,
      stillWaiting,
      ...estimateCells(withinLimit),
      ...(isAbsent(median)
        ? estimateCells(median)
        : [median.value, median.lower, median.upperIsOpen ? "later" : median.upper]),
    ]),
  );
}

/** People still waiting by band, as a file, a line for each group. */
export function bandsCsv(table: BandTable, characteristic: string | undefined): string {
  return csv(
    [
      characteristic ?? "group",
      "date",
      "still waiting",
      ...table.bands.map((band) => `waiting ${band.fromWeeks} to ${band.toWeeks ?? "any"} weeks`),
      `waiting ${table.longWeeks} weeks or more`,
      "share",
      "share lower",
      "share upper",
      `waited so far, mean up to ${table.upTo} weeks, at least`,
      "waited so far, at most",
    ],
    [...table.rows, table.everyone].map((row) => [
      row.group.name,
      characteristic === "period" ? undefined : table.period,
      row.waiting,
      ...row.counts,
      row.waitingLong,
      row.share?.value ?? "tooFew",
      row.share?.lower,
      row.share?.upper,
      row.soFar?.lowest ?? "tooFew",
      row.soFar?.highest,
    ]),
  );
}
