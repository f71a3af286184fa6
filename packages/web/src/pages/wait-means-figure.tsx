import { clockWords, type GroupMeanWait, type MeanWaits } from "@taproot/awareness";
import { isAbsent } from "@taproot/statistics";
import { groupValuesChart } from "../charts/group-values.ts";
import { Figure } from "../components/figure.tsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { mostPeople, unknownLast } from "../words/cuts.ts";
import { count, signed } from "../words/numbers.ts";

interface WaitMeansFigureProps {
  readonly frame: PageFrame;
  readonly means: MeanWaits;
  readonly label: string | undefined;
  readonly csv: string;
}

/** The most groups that one picture can hold and still be read. */
const MOST_GROUPS = 16;

/** How many weeks longer or less each group waits than everyone else. */
export function WaitMeansFigure({ frame, means, label, csv }: WaitMeansFigureProps) {
  const { horizonWeeks } = means;
  const rows = unknownLast(means.groups);
  if (isAbsent(horizonWeeks)) return <p class="nhsuk-body">{horizonWeeks.message}</p>;
  const compared = rows.some(({ difference }) => !isAbsent(difference));
  const drawn = mostPeople(rows, MOST_GROUPS, (row) => row.people);
  const table = (
    <Table
      id="means-table"
      caption={`Mean wait, each counted up to ${horizonWeeks} weeks${label ? `, by ${label.toLowerCase()}` : ""}`}
      columns={[
        { heading: label ?? "Group" },
        { heading: "People", numeric: true },
        { heading: `Mean wait up to ${horizonWeeks} weeks`, numeric: true },
        { heading: "Weeks longer than everyone else", numeric: true },
      ]}
      rows={[...rows, means.everyone].map((row) => [
        row === means.everyone ? "Everyone" : row.group.name,
        count(row.people),
        <MeanCell row={row} />,
        row === means.everyone ? "" : <DifferenceCell row={row} />,
      ])}
    />
  );
  if (!compared)
    return (
      <>
        <p class="nhsuk-body">{means.sentence}</p>
        {table}
      </>
    );
  const { come } = clockWords(means.clock);
  return (
    <Figure
      id="means"
      sentence={rangeOf(rows, horizonWeeks)}
      draw={(width, sentence) =>
        groupValuesChart(
          drawn.map(({ group, difference, people }) => ({
            name: group.name,
            ...(isAbsent(difference) ? {} : { value: difference }),
            label: isAbsent(difference)
              ? `too few to say (${count(people)})`
              : weeksLonger(difference.value),
            unknown: group.unknown === true,
          })),
          {
            axis: `Weeks longer than everyone else, each wait counted up to ${horizonWeeks} weeks`,
            line: { at: 0, text: "the same as everyone else" },
          },
          width,
          sentence,
        )
      }
      reading={`Each dot is how much longer a group waits on average than everyone else whose group is recorded; the line is where the true difference is likely to lie. People still waiting are counted. Someone who leaves before they ${come} counts as waiting up to ${horizonWeeks} weeks, so that a group of whom many give up waits long too. ${horizonWeeks} weeks is as far as every group can be followed, or what was chosen.${drawn.length < rows.length ? ` The ${drawn.length} largest groups are drawn; the table has all.` : ""}`}
      csv={csv}
      method={
        <MethodLink frame={frame} pages={["restricted-mean-wait"]} text="How this is worked out" />
      }
    >
      {table}
    </Figure>
  );
}

/** From which group's mean wait to which the means run. */
function rangeOf(rows: readonly GroupMeanWait[], horizonWeeks: number): string {
  const means = rows
    .flatMap(({ group, mean }) => (group.unknown || isAbsent(mean) ? [] : [{ group, mean }]))
    .sort((a, b) => b.mean.value - a.mean.value);
  const [longest, shortest] = [means[0], means.at(-1)];
  if (!longest || !shortest || longest === shortest)
    return `Weeks that each group waits longer than everyone else, each wait counted up to ${horizonWeeks} weeks.`;
  if (longest.mean.value.toFixed(1) === shortest.mean.value.toFixed(1))
    return `Each wait counted up to ${horizonWeeks} weeks, the mean is ${longest.mean.value.toFixed(1)} weeks in every group.`;
  const of = ({ group, mean }: typeof longest) =>
    `${mean.value.toFixed(1)} weeks for ${group.people}`;
  return `Each wait counted up to ${horizonWeeks} weeks, the mean is longest at ${of(longest)} and shortest at ${of(shortest)}.`;
}

function weeksLonger(weeks: number): string {
  const size = Math.abs(weeks).toFixed(1);
  if (Number(size) === 0) return "no difference";
  return `${size} weeks ${weeks > 0 ? "longer" : "less"}`;
}

function MeanCell({ row: { mean } }: { row: GroupMeanWait }) {
  if (isAbsent(mean)) return <>too few to say</>;
  return (
    <>
      {mean.value.toFixed(1)} weeks
      <small class="cell-note">
        {mean.lower.toFixed(1)} to {mean.upper.toFixed(1)}
      </small>
    </>
  );
}

function DifferenceCell({ row: { difference } }: { row: GroupMeanWait }) {
  if (isAbsent(difference)) return <>too few to say</>;
  return (
    <>
      {signed(difference.value)} weeks
      <small class="cell-note">
        {signed(difference.lower)} to {signed(difference.upper)}
      </small>
    </>
  );
}
