import { isAbsent } from "@taproot/statistics";
import { groupSharesChart } from "../charts/group-shares.ts";
import { Figure } from "../components/figure.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { mostPeople } from "../words/cuts.ts";
import { count, percent } from "../words/numbers.ts";
import { MOST_GROUPS, type OutcomeFigureProps, withEveryone } from "./outcome-change-figure.tsx";
import { ShareCell } from "./wait-curves-figure.tsx";

/** People who finished without a score before and after, by group: shown as such, never left out. */
export function OutcomeMissingFigure({ frame, table, rows, label, csv }: OutcomeFigureProps) {
  const { everyone } = table;
  if (everyone.finished === 0)
    return <p class="nhsuk-body">Nobody here has finished, so no second score is due yet.</p>;
  const drawn = mostPeople(rows, MOST_GROUPS, (row) => row.finished);
  const share = isAbsent(everyone.unmeasuredShare) ? undefined : everyone.unmeasuredShare;
  return (
    <Figure
      id="missing"
      sentence={`${count(everyone.unmeasured)} of ${count(everyone.finished)} people who finished${share ? ` (${percent(share.value)})` : ""} have no score before and after.`}
      draw={(width, sentence) =>
        groupSharesChart(
          drawn.map(({ group, unmeasured, unmeasuredShare, finished }) => ({
            name: group.name,
            ...(isAbsent(unmeasuredShare) ? {} : { share: unmeasuredShare }),
            reached: unmeasured,
            denominator: finished,
            unknown: group.unknown === true,
            focus: false,
          })),
          {
            axis: "Finished without both scores",
            ...(share ? { everyone: share.value } : {}),
          },
          width,
          sentence,
        )
      }
      reading="Nothing is known of how these people did. Where one group is measured less often than others, its outcomes are known less well, and whoever comes back for a second score may be doing better than whoever does not."
      csv={csv}
      method={<MethodLink frame={frame} pages={["proportion"]} text="How this is worked out" />}
    >
      <Table
        id="missing-table"
        caption={`People who finished without a score before and after${label ? `, by ${label.toLowerCase()}` : ""}`}
        columns={[
          { heading: label ?? "Group" },
          { heading: "Finished", numeric: true },
          { heading: "Without both scores", numeric: true },
          { heading: "Share without", numeric: true },
        ]}
        rows={withEveryone(rows, everyone).map((row) => [
          row === everyone ? "Everyone" : row.group.name,
          count(row.finished),
          count(row.unmeasured),
          <ShareCell share={isAbsent(row.unmeasuredShare) ? undefined : row.unmeasuredShare} />,
        ])}
      />
    </Figure>
  );
}
