import type { GapInPeriod, GapSeries, GapsOverTime } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { type Absent, isAbsent } from "@taproot/statistics";
import { gapOverTimeChart } from "../charts/gap-over-time.ts";
import { Figure } from "../components/figure.tsx";
import { allOptions, Filters, Select } from "../components/filters.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { Thread } from "../components/thread.tsx";
import { finestTime, type View, viewAddress } from "../words/choices.ts";
import { pointsWithRange } from "../words/estimates.ts";
import { count, percent, unbroken } from "../words/numbers.ts";
import { measureLabel, stepLabel } from "../words/steps.ts";

/** Two runs of periods and the group whose gap is followed. */
export interface TimeChoice {
  readonly by: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly group: string;
  readonly step: string;
}

interface OverTimePageProps {
  readonly frame: PageFrame;
  readonly view: View;
  readonly characteristics: readonly Characteristic[];
  readonly choice: TimeChoice | undefined;
  readonly table: GapsOverTime | Absent;
  readonly series: GapSeries | Absent;
}

const HOW = {
  levelledUp: "closer: those behind caught up",
  levelledDown: "closer only because those ahead fell back",
  both: "closer, from both sides",
  widened: "wider",
} as const;

/** This period against that one, and one gap followed through every period. */
export function OverTimePage(props: OverTimePageProps) {
  const { frame, view, characteristics, choice, table, series } = props;
  return (
    <Layout frame={frame} title="Over time" current="over-time">
      <h1 class="nhsuk-heading-l page-title">Over time: did the gaps change?</h1>
      {isAbsent(table) || !choice ? (
        <div class="nhsuk-inset-text">
          <span class="nhsuk-u-visually-hidden">Information: </span>
          <p>{isAbsent(table) ? table.message : "These data hold one period only."}</p>
          <p>
            To compare periods, open a file that has a date of referral for each row and covers
            several months. <a href="/start">Open a file</a>
          </p>
        </div>
      ) : (
        <Compared {...{ frame, view, characteristics, choice, table, series }} />
      )}
      <Thread current="where" view={view} />
    </Layout>
  );
}

function Compared({
  frame,
  view,
  characteristics,
  choice,
  table,
  series,
}: Omit<OverTimePageProps, "choice" | "table"> & {
  readonly choice: TimeChoice;
  readonly table: GapsOverTime;
}) {
  const time = finestTime(characteristics);
  const periods = (time?.groups ?? []).filter((group) => !group.unknown).map(({ name }) => name);
  const groups = characteristics.find((one) => one.name === choice.by)?.groups ?? [];
  const more = {
    "before-from": choice.before[0],
    "before-to": choice.before.at(-1),
    "after-from": choice.after[0],
    "after-to": choice.after.at(-1),
    group: choice.group,
    at: choice.step,
  };
  const steps = [...new Set(table.rows.map(({ step }) => step))];
  return (
    <>
      <p class="answer__sentence">{unbroken(table.sentence)}</p>
      <Filters
        action="/over-time"
        view={view}
        characteristics={characteristics.filter((one) => one.about !== "time")}
      >
        <Select
          name="by"
          label="Compare people by"
          value={choice.by}
          options={allOptions(characteristics.filter((one) => one.about !== "time"))}
        />
        {(
          [
            ["before-from", "Earlier period, from", choice.before[0]],
            ["before-to", "Earlier period, until", choice.before.at(-1)],
            ["after-from", "Later period, from", choice.after[0]],
            ["after-to", "Later period, until", choice.after.at(-1)],
          ] as const
        ).map(([name, label, value]) => (
          <Select
            name={name}
            label={label}
            value={value}
            options={periods.map((period) => ({ value: period, text: period }))}
          />
        ))}
        <Select
          name="group"
          label="Follow this group"
          value={choice.group}
          options={groups
            .filter((group) => !group.unknown)
            .map(({ name }) => ({ value: name, text: name }))}
        />
        <Select
          name="at"
          label="At this step"
          value={choice.step}
          options={steps.map((step) => ({ value: step, text: stepLabel(step) }))}
        />
      </Filters>
      <h2 class="nhsuk-heading-m">Every group, then and now</h2>
      <p class="nhsuk-body">
        {count(table.referrals.before)} referrals in the earlier period and{" "}
        {count(table.referrals.after)} in the later one. A gap is a group’s share less everyone
        else’s. Recent referrals that are still open may yet change the later one. A group that you
        look at because its gap was wide comes closer by chance alone more often than not.
      </p>
      <Table
        id="then-and-now"
        caption="Gaps in percentage points, with their likely ranges"
        columns={[
          { heading: "Group" },
          { heading: "Share of" },
          { heading: "Gap then", numeric: true },
          { heading: "Gap now", numeric: true },
          { heading: "Change", numeric: true },
          { heading: "What became of it" },
        ]}
        rows={table.rows.map((row) => [
          row.group.name,
          measureLabel(row.measure, row.step, row.horizonWeeks),
          gapInTable(row.before),
          gapInTable(row.after),
          pointsWithRange(row.change),
          row.closed
            ? HOW[row.closed]
            : isAbsent(row.change)
              ? "too few to say"
              : "no more than chance",
        ])}
      />
      <p class="figure__csv">
        <a href={viewAddress("/over-time.csv", { ...view, by: choice.by }, more)} download>
          Download this table (CSV)
        </a>{" "}
        <MethodLink frame={frame} pages={["gap-trend"]} text="How a change is worked out" />
      </p>
      <h2 class="nhsuk-heading-m">One gap through every period</h2>
      {isAbsent(series) ? (
        <p class="nhsuk-body">{series.message}</p>
      ) : (
        <Figure
          id="series"
          sentence={series.sentence}
          draw={(width, sentence) =>
            gapOverTimeChart(
              series.periods.map(({ period, gap }) => ({
                period,
                ...(isAbsent(gap) ? {} : { points: gap.points }),
              })),
              width,
              sentence,
            )
          }
          reading="Each dot is the gap of those referred in that period; the line is where it is likely to lie. At zero there is no gap. The latest periods rest on the few who were settled soon."
          method={
            <MethodLink frame={frame} pages={["gap-trend"]} text="How the trend is worked out" />
          }
          csv={viewAddress("/over-time/series.csv", { ...view, by: choice.by }, more)}
        >
          <Table
            id="series-table"
            caption={measureLabel(series.measure, series.step, series.horizonWeeks)}
            columns={[
              { heading: "Period" },
              { heading: "This group", numeric: true },
              { heading: "Everyone else", numeric: true },
              { heading: "Gap in points", numeric: true },
              { heading: "Still open", numeric: true },
            ]}
            rows={series.periods.map(({ period, gap }) =>
              isAbsent(gap)
                ? [period, "too few to say", "–", "–", "–"]
                : [
                    period,
                    `${percent(gap.group.value)} of ${count(gap.group.denominator)}`,
                    `${percent(gap.others.value)} of ${count(gap.others.denominator)}`,
                    pointsWithRange(gap.points),
                    count(gap.open),
                  ],
            )}
          />
        </Figure>
      )}
    </>
  );
}

function gapInTable(gap: GapInPeriod | Absent) {
  if (isAbsent(gap)) return "too few to say";
  return (
    <>
      {pointsWithRange(gap.points)}
      <small class="cell-note">
        {percent(gap.group.value)} of {count(gap.group.denominator)}
        {gap.open > 0 && `, ${count(gap.open)} open`}
      </small>
    </>
  );
}
