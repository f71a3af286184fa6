import {
  type FindingStep,
  type GapInPeriod,
  type GapSeries,
  type GapsOverTime,
  gapByPeriod,
  gapsOverTime,
} from "@taproot/awareness";
import type { Cube } from "@taproot/engine";
import type { Characteristic } from "@taproot/model";
import { type Absent, absent, isAbsent } from "@taproot/statistics";
import type { Hono } from "hono";
import { OverTimePage, type TimeChoice } from "../pages/over-time-page.tsx";
import { finestTime, runBetween, TIMES, type View } from "../words/choices.ts";
import { csv } from "../words/csv.ts";
import { FINDING_STEPS } from "../words/steps.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import { firstCharacteristic } from "./first-characteristic.ts";
import type { LoadedData } from "./loaded-data.ts";
import { showData } from "./show-data.ts";
import { estimateCells } from "./tables.ts";
import { weeksCompared } from "./weeks-compared.ts";

interface Answers {
  readonly choice: TimeChoice | undefined;
  readonly table: GapsOverTime | Absent;
  readonly series: GapSeries | Absent;
  readonly cube: Cube;
}

/** This period against that one. */
export function addTimePages(app: Hono<Env>): void {
  showData(app, "/over-time", async (c, data, view) => {
    const { choice, table, series } = await answersTo(c, data, view);
    return page(
      c,
      <OverTimePage
        frame={frameOf(c)}
        view={view}
        characteristics={data.about.characteristics}
        choice={choice}
        table={table}
        series={series}
      />,
    );
  });
  showData(app, "/over-time.csv", async (c, data, view) => {
    const { table } = await answersTo(c, data, view);
    return csvFile(c, "over-time.csv", overTimeCsv(isAbsent(table) ? [] : table.rows));
  });
  showData(app, "/over-time/series.csv", async (c, data, view) => {
    const { series } = await answersTo(c, data, view);
    return csvFile(c, "gap-by-period.csv", seriesCsv(isAbsent(series) ? [] : series.periods));
  });
}

async function answersTo(c: Request, data: LoadedData, view: View): Promise<Answers> {
  const first = view.by && !TIMES.includes(view.by) ? view.by : firstCharacteristic(data);
  const by = first !== undefined && TIMES.includes(first) ? undefined : first;
  const inTime = data.about.characteristics.filter(({ name }) => TIMES.includes(name));
  const within = Object.fromEntries(
    Object.entries(view.selection).filter(([name]) => !TIMES.includes(name)),
  );
  const wanted = [...(by ? [by] : []), ...inTime.map(({ name }) => name)];
  const { cube, selection } = data.over(wanted, within);
  const time = finestTime(inTime);
  const periods = (time?.groups ?? []).filter((group) => !group.unknown).map(({ name }) => name);
  const none = absent("tooFew", "These data hold one period only: there is nothing to compare.");
  if (!by || !time || periods.length < 2)
    return { choice: undefined, table: none, series: none, cube };
  const query = new URL(c.req.url).searchParams;
  const { before, after } = runsOf(query, time, periods);
  const table = data.answer(["over time", by, before, after, within], () =>
    gapsOverTime(cube, {
      characteristic: by,
      before: { ...selection, [time.name]: before },
      after: { ...selection, [time.name]: after },
      ...weeksCompared(data),
    }),
  );
  const followed = followedBy(query, table, cube, by);
  const { group } = followed;
  const step = followed.step as FindingStep;
  const series =
    group === ""
      ? none
      : data.answer(["gap by period", by, group, step, within], () =>
          gapByPeriod(cube, { characteristic: by, group, step, selection }),
        );
  return { choice: { by, before, after, group, step }, table, series, cube };
}

/** Two runs of periods: those asked for, or the later half against as many before it, a year each at most. */
function runsOf(query: URLSearchParams, time: Characteristic, periods: readonly string[]) {
  const aYear = time.name === "period" ? 4 : 12;
  const length = Math.min(aYear, Math.floor(periods.length / 2));
  const run = (name: "before" | "after", end: number) => {
    const [from, to] = [query.get(`${name}-from`), query.get(`${name}-to`)];
    const asked =
      from && to ? (runBetween(time, from, to) ?? runBetween(time, to, from)) : undefined;
    return asked ?? periods.slice(end - length, end);
  };
  return { before: run("before", periods.length - length), after: run("after", periods.length) };
}

/** The group and step to follow: those asked for, or the surest change, or the first group that can be compared. */
function followedBy(query: URLSearchParams, table: GapsOverTime, cube: Cube, by: string) {
  const steps = FINDING_STEPS.filter((step) => table.rows.some((row) => row.step === step));
  const groups = (cube.characteristics.find((one) => one.name === by)?.groups ?? []).filter(
    (group) => !group.unknown,
  );
  const surest = table.rows
    .flatMap((row) => (isAbsent(row.change) ? [] : [{ row, q: row.change.q }]))
    .sort((a, b) => a.q - b.q)[0]?.row;
  const group = groups.find(({ name }) => name === query.get("group"))?.name ?? surest?.group.name;
  const step = steps.find((one) => one === query.get("at")) ?? surest?.step ?? steps[0];
  return { group: group ?? groups[0]?.name ?? "", step: step ?? "accepted" };
}

const periodCells = (gap: GapInPeriod | Absent) =>
  isAbsent(gap)
    ? [undefined, undefined, undefined, undefined, ...estimateCells(gap), undefined]
    : [
        gap.group.reached,
        gap.group.denominator,
        gap.others.reached,
        gap.others.denominator,
        ...estimateCells(gap.points),
        gap.open,
      ];

const periodHeadings = (which: string) =>
  [
    "reached",
    "of",
    "others reached",
    "others of",
    "points",
    "points lower",
    "points upper",
    "still open",
  ].map((heading) => `${which}${heading}`);

function overTimeCsv(rows: GapsOverTime["rows"]): string {
  return csv(
    [
      "group",
      "step",
      "measure",
      "weeks",
      ...periodHeadings("then "),
      ...periodHeadings("now "),
      "change in points",
      "change lower",
      "change upper",
      "q",
      "what became of it",
    ],
    rows.map((row) => [
      row.group.name,
      row.step,
      row.measure,
      row.horizonWeeks,
      ...periodCells(row.before),
      ...periodCells(row.after),
      ...estimateCells(row.change),
      isAbsent(row.change) ? undefined : row.change.q,
      row.closed,
    ]),
  );
}

function seriesCsv(periods: GapSeries["periods"]): string {
  return csv(
    ["period", ...periodHeadings("")],
    periods.map(({ period, gap }) => [period, ...periodCells(gap)]),
  );
}
