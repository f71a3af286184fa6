import { clockWords, type GroupWaits, type WaitsTable } from "@taproot/awareness";
import { type Estimate, isAbsent } from "@taproot/statistics";
import { groupLooks } from "../charts/palette.ts";
import { waitCurvesChart } from "../charts/wait-curves.ts";
import { Figure } from "../components/figure.tsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { clockAxes } from "../words/clocks.ts";
import { mostPeople, unknownLast } from "../words/cuts.ts";
import { count, percent } from "../words/numbers.ts";

interface WaitCurvesFigureProps {
  readonly frame: PageFrame;
  readonly table: WaitsTable;
  readonly label: string | undefined;
  readonly ordered: boolean;
  readonly csv: string;
}

/** The most curves that one picture can hold and still be read. */
const MOST_CURVES = 7;

/** The chance of having been seen by each week, a curve a group, and the weeks by which a quarter, half and three quarters were. */
export function WaitCurvesFigure({ frame, table, label, ordered, csv }: WaitCurvesFigureProps) {
  const rows = table.groups.length > 0 ? unknownLast(table.groups) : [table.everyone];
  const { clock } = table;
  const words = clockWords(clock);
  const curves = mostPeople(
    rows.filter((row) => row.curve.weeks.length > 1),
    MOST_CURVES,
    (row) => row.people,
  );
  if (curves.length === 0)
    return (
      <p class="nhsuk-body">
        Too few people can be followed, even for a week, to draw when they {words.come}.
      </p>
    );
  const looks = groupLooks(
    curves.map((row) => row.group),
    ordered,
  );
  const marked = [...new Set([4, 12, 18, 52, clock.limitWeeks])].sort((a, b) => a - b);
  return (
    <Figure
      id="curves"
      sentence={table.sentence}
      draw={(width, sentence) =>
        waitCurvesChart(
          curves.map((row, index) => ({
            name: row.group.name,
            look: looks[index]!,
            curve: row.curve,
          })),
          width,
          sentence,
          { ...clockAxes(clock), marked: apart(marked) },
        )
      }
      reading={`The higher the line, the sooner people ${words.come}. People still waiting are counted for as long as they have waited; people who left otherwise are never counted among those who ${words.came}. The band is where the true chance is likely to lie.${curves.length < rows.length ? ` The ${curves.length} largest groups are drawn; the table has all.` : ""}`}
      csv={csv}
      method={
        <MethodLink frame={frame} pages={["chance-of-being-seen"]} text="How this is worked out" />
      }
    >
      <WaitsTableView rows={rows} table={table} label={label} />
    </Figure>
  );
}

/** Weeks that are marked: none so near another that their numbers would cover each other. */
function apart(weeks: readonly number[]): readonly number[] {
  return weeks.filter((week, i) => i === 0 || week - weeks[i - 1]! >= 3);
}

function WaitsTableView({
  rows,
  table,
  label,
}: {
  rows: readonly GroupWaits[];
  table: WaitsTable;
  label: string | undefined;
}) {
  const { heading, waiting } = clockWords(table.clock);
  const all = table.groups.length > 0 ? [...rows, table.everyone] : rows;
  return (
    <Table
      id="waits-table"
      caption={`By when people ${clockWords(table.clock).come}, and people ${waiting}${label ? `, by ${label.toLowerCase()}` : ""}`}
      columns={[
        { heading: label ?? "Group" },
        { heading: "People", numeric: true },
        { heading: "A quarter by", numeric: true },
        { heading: "Half by", numeric: true },
        { heading: "Three quarters by", numeric: true },
        ...table.horizons.map((weeks) => ({
          heading: `${heading} by ${weeks} weeks`,
          numeric: true,
        })),
        { heading: "Left otherwise", numeric: true },
        { heading: waiting.charAt(0).toUpperCase() + waiting.slice(1), numeric: true },
      ]}
      rows={all.map((row) => [
        row === table.everyone ? "Everyone" : row.group.name,
        count(row.people),
        ...row.quantiles.map(({ weeks }) => <QuantileCell quantile={weeks} />),
        ...table.horizons.map((at) => {
          const chance = row.seenBy.find(({ weeks }) => weeks === at)?.chance;
          return <ShareCell share={chance && !isAbsent(chance) ? chance : undefined} />;
        }),
        count(row.left),
        count(row.stillWaiting),
      ])}
    />
  );
}

/** A share with its interval, or that there are too few. */
export function ShareCell({ share }: { share: Estimate | undefined }) {
  if (!share) return <>too few to say</>;
  return (
    <>
      {percent(share.value)}
      <small class="cell-note">
        {percent(share.lower)} to {percent(share.upper)}
      </small>
    </>
  );
}

/** A week by which a share was reached, with its interval; an open end is said in words. */
export function QuantileCell({ quantile }: { quantile: GroupWaits["quantiles"][number]["weeks"] }) {
  if (isAbsent(quantile))
    return <>{quantile.absent === "notReached" ? "not reached" : "too few to say"}</>;
  const { value, lower, upper, upperIsOpen } = quantile;
  return (
    <>
      week {Math.floor(value)}
      <small class="cell-note">
        {Math.floor(lower)} to {upperIsOpen ? "later than can be told" : Math.ceil(upper)}
      </small>
    </>
  );
}
