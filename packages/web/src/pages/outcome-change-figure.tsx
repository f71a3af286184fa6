import type { GroupOutcomes, OutcomesTable } from "@taproot/awareness";
import { type Absent, type Estimate, isAbsent } from "@taproot/statistics";
import { groupValuesChart } from "../charts/group-values.ts";
import { Figure } from "../components/figure.tsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { mostPeople } from "../words/cuts.ts";
import { count } from "../words/numbers.ts";
import { score, signedScore } from "../words/scores.ts";

/** What each figure about outcomes needs. */
export interface OutcomeFigureProps {
  readonly frame: PageFrame;
  readonly table: OutcomesTable;
  readonly rows: readonly GroupOutcomes[];
  readonly label: string | undefined;
  readonly csv: string;
}

/** The most groups that one picture can hold and still be read. */
export const MOST_GROUPS = 16;

/** The mean change of score by group, and how far it is from everyone else's. */
export function OutcomeChangeFigure({ frame, table, rows, label, csv }: OutcomeFigureProps) {
  const { everyone } = table;
  const drawn = mostPeople(rows, MOST_GROUPS, (row) => row.measured);
  if (isAbsent(everyone.change)) return <p class="nhsuk-body">{table.sentence}</p>;
  const mean = everyone.change.value;
  return (
    <Figure
      id="change"
      sentence={changeSentence(rows, mean)}
      draw={(width, sentence) =>
        groupValuesChart(
          drawn.map(({ group, change, measured }) => ({
            name: group.name,
            ...(isAbsent(change) ? {} : { value: change }),
            label: isAbsent(change)
              ? `too few to say (${count(measured)})`
              : `${signedScore(change.value)} points (${count(measured)} people)`,
            unknown: group.unknown === true,
          })),
          {
            axis: "Mean change in points; above 0 is better",
            line: { at: mean, text: `everyone ${signedScore(mean)}` },
          },
          width,
          sentence,
        )
      }
      reading={`Each dot is a group’s mean change from the first score to the second, turned so that above 0 is better; the line is where the true mean is likely to lie. Only people with both scores are in it.${drawn.length < rows.length ? ` The ${drawn.length} largest groups are drawn; the table has all.` : ""}`}
      csv={csv}
      method={
        <MethodLink frame={frame} pages={["mean-and-quantile"]} text="How this is worked out" />
      }
    >
      <Table
        id="change-table"
        caption={`Mean change of score${label ? `, by ${label.toLowerCase()}` : ""}`}
        columns={[
          { heading: label ?? "Group" },
          { heading: "With both scores", numeric: true },
          { heading: "Mean change, points", numeric: true },
          { heading: "More than everyone else", numeric: true },
        ]}
        rows={withEveryone(rows, everyone).map((row) => [
          row === everyone ? "Everyone" : row.group.name,
          count(row.measured),
          <PointsCell value={row.change} />,
          row === everyone ? "" : <PointsCell value={row.changeDifference} />,
        ])}
      />
    </Figure>
  );
}

/** The groups and, under them, everyone; everyone alone where there are no groups. */
export function withEveryone(
  rows: readonly GroupOutcomes[],
  everyone: GroupOutcomes,
): readonly GroupOutcomes[] {
  return rows[0] === everyone ? rows : [...rows, everyone];
}

function PointsCell({ value }: { value: Estimate | Absent }) {
  if (isAbsent(value)) return <>too few to say</>;
  return (
    <>
      {signedScore(value.value)}
      <small class="cell-note">
        {signedScore(value.lower)} to {signedScore(value.upper)}
      </small>
    </>
  );
}

function changeSentence(rows: readonly GroupOutcomes[], everyone: number): string {
  const means = rows
    .flatMap(({ group, change }) => (group.unknown || isAbsent(change) ? [] : [{ group, change }]))
    .sort((a, b) => b.change.value - a.change.value);
  const [best, least] = [means[0], means.at(-1)];
  if (!best || !least || best === least)
    return `The mean change is ${signedScore(everyone)} points.`;
  return `The mean change runs from ${signedScore(least.change.value)} points for ${least.group.people} to ${signedScore(best.change.value)} for ${best.group.people}; for everyone it is ${score(everyone)}.`;
}
