import type { GroupOutcomes } from "@taproot/awareness";
import { isAbsent } from "@taproot/statistics";
import { outcomeSharesChart } from "../charts/outcome-shares.ts";
import { Figure } from "../components/figure.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { mostPeople } from "../words/cuts.ts";
import { count, percent, signed } from "../words/numbers.ts";
import { score } from "../words/scores.ts";
import { MOST_GROUPS, type OutcomeFigureProps, withEveryone } from "./outcome-change-figure.tsx";
import { ShareCell } from "./wait-curves-figure.tsx";

/** The share improved by what matters, and what people without a second score allow. */
export function OutcomeImprovedFigure({ frame, table, rows, label, csv }: OutcomeFigureProps) {
  const { everyone, reading } = table;
  const drawn = mostPeople(rows, MOST_GROUPS, (row) => row.finished);
  if (everyone.finished === 0)
    return <p class="nhsuk-body">Nobody here has finished, so nobody can have improved yet.</p>;
  const by =
    reading.smallestChange > 0
      ? `by at least ${score(reading.smallestChange)} ${reading.smallestChange === 1 ? "point" : "points"}`
      : "by any change for the better";
  return (
    <Figure
      id="improved"
      sentence={improvedSentence(everyone, by)}
      draw={(width, sentence) =>
        outcomeSharesChart(
          drawn.map(({ group, improved, improvedBounds, finished, unmeasured }) => ({
            name: group.name,
            ...(isAbsent(improved) ? {} : { share: improved }),
            reached: isAbsent(improved) ? 0 : improved.reached,
            denominator: finished - unmeasured,
            ...(isAbsent(improvedBounds) ? {} : { bounds: improvedBounds }),
            unknown: group.unknown === true,
          })),
          {
            axis: `Improved ${by}, of those who finished and have both scores`,
            ...(isAbsent(everyone.improved) ? {} : { everyone: everyone.improved.value }),
          },
          width,
          sentence,
        )
      }
      reading={`Each dot is the share of those with both scores; the thick line is where the true share is likely to lie. The thin line is what people without both scores allow: its left end if none of them had improved, its right end if all had.${drawn.length < rows.length ? ` The ${drawn.length} largest groups are drawn; the table has all.` : ""}`}
      csv={csv}
      method={
        <MethodLink frame={frame} pages={["worst-case-bounds"]} text="How this is worked out" />
      }
    >
      <Table
        id="improved-table"
        caption={`Improved ${by}${label ? `, by ${label.toLowerCase()}` : ""}`}
        columns={[
          { heading: label ?? "Group" },
          { heading: "Finished, with both scores", numeric: true },
          { heading: "Improved", numeric: true },
          { heading: "Points more than everyone else", numeric: true },
          { heading: "Improved, whoever the others are", numeric: true },
          { heading: "Points, whoever the others are", numeric: true },
        ]}
        rows={withEveryone(rows, everyone).map((row) => [
          row === everyone ? "Everyone" : row.group.name,
          count(row.finished - row.unmeasured),
          <ShareCell share={isAbsent(row.improved) ? undefined : row.improved} />,
          row === everyone ? "" : <GapCell row={row} />,
          isAbsent(row.improvedBounds)
            ? "too few to say"
            : `${percent(row.improvedBounds.lower)} to ${percent(row.improvedBounds.upper)}`,
          row === everyone ? "" : <BoundsCell row={row} />,
        ])}
      />
    </Figure>
  );
}

function improvedSentence({ improved, improvedBounds }: GroupOutcomes, by: string): string {
  if (isAbsent(improved)) return `Too few have both scores to say how many improved ${by}.`;
  const share = `${percent(improved.value)} of ${count(improved.denominator)} people with both scores improved ${by}`;
  return isAbsent(improvedBounds)
    ? `${share}.`
    : `${share}; of all who finished it is between ${percent(improvedBounds.lower)} and ${percent(improvedBounds.upper)}, whatever became of the others.`;
}

function GapCell({ row: { improvedGap } }: { row: GroupOutcomes }) {
  if (isAbsent(improvedGap)) return <>too few to say</>;
  return (
    <>
      {signed(improvedGap.value)}
      <small class="cell-note">
        {signed(improvedGap.lower)} to {signed(improvedGap.upper)}
      </small>
    </>
  );
}

function BoundsCell({ row: { gapBounds } }: { row: GroupOutcomes }) {
  if (isAbsent(gapBounds)) return <>too few to say</>;
  return (
    <>
      {signed(gapBounds.lower)} to {signed(gapBounds.upper)}
      <small class="cell-note">
        {gapBounds.signIdentified ? "the sign is known" : "the sign is not known"}
      </small>
    </>
  );
}
