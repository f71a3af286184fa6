import { clockWords, type OverLimitTable, SOON_WEEKS } from "@taproot/awareness";
import { isAbsent } from "@taproot/statistics";
import { groupSharesChart } from "../charts/group-shares.ts";
import { Figure } from "../components/figure.tsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { mostPeople, unknownLast } from "../words/cuts.ts";
import { longDate } from "../words/dates.ts";
import { count, signed } from "../words/numbers.ts";
import { ShareCell } from "./wait-curves-figure.tsx";

interface WaitOverLimitFigureProps {
  readonly frame: PageFrame;
  readonly over: OverLimitTable;
  readonly label: string | undefined;
  readonly asOf: string | undefined;
  readonly csv: string;
}

/** The most groups that one picture can hold and still be read. */
const MOST_GROUPS = 16;

/** Of those whose clock runs, who is over its limit on the day of the data, and who soon will be. */
export function WaitOverLimitFigure({ frame, over, label, asOf, csv }: WaitOverLimitFigureProps) {
  const { clock, everyone } = over;
  const { waiting } = clockWords(clock);
  if (everyone.waiting === 0) return <p class="nhsuk-body">{over.sentence}</p>;
  const rows = over.groups.length > 0 ? unknownLast(over.groups) : [everyone];
  const drawn = mostPeople(rows, MOST_GROUPS, (row) => row.waiting);
  const when = asOf ? ` on ${longDate(asOf)}` : "";
  return (
    <Figure
      id="over-limit"
      sentence={over.sentence}
      draw={(width, sentence) =>
        groupSharesChart(
          drawn.map((row) => ({
            name: row.group.name,
            ...(isAbsent(row.share) ? {} : { share: row.share }),
            reached: row.over,
            denominator: row.waiting,
            unknown: row.group.unknown === true,
            focus: false,
          })),
          {
            axis: `Waited over ${clock.limitWeeks} weeks, of those ${waiting}`,
            ...(isAbsent(everyone.share) ? {} : { everyone: everyone.share.value }),
          },
          width,
          sentence,
        )
      }
      reading={`Only people ${waiting}${when} are counted here. This is who is on the list now, not how long people wait: a group that is seen quickly leaves the list, and those of it who stay have waited long. Compare it with the curves.`}
      csv={csv}
      method={<MethodLink frame={frame} pages={["proportion"]} text="How this is worked out" />}
    >
      <Table
        id="over-limit-table"
        caption={`People ${waiting}${when}, and those over ${clock.limitWeeks} weeks${label ? `, by ${label.toLowerCase()}` : ""}`}
        columns={[
          { heading: label ?? "Group" },
          { heading: waiting.charAt(0).toUpperCase() + waiting.slice(1), numeric: true },
          { heading: `Over ${clock.limitWeeks} weeks`, numeric: true },
          { heading: "Share over", numeric: true },
          { heading: "Points more than everyone else", numeric: true },
          { heading: `Will be over within ${SOON_WEEKS} weeks`, numeric: true },
        ]}
        rows={[...rows, ...(over.groups.length > 0 ? [everyone] : [])].map((row) => [
          row === everyone ? "Everyone" : row.group.name,
          count(row.waiting),
          count(row.over),
          <ShareCell share={isAbsent(row.share) ? undefined : row.share} />,
          isAbsent(row.gap) ? (
            row === everyone ? (
              ""
            ) : (
              "too few to say"
            )
          ) : (
            <>
              {signed(row.gap.value)}
              <small class="cell-note">
                {signed(row.gap.lower)} to {signed(row.gap.upper)}
              </small>
            </>
          ),
          count(row.soon),
        ])}
      />
    </Figure>
  );
}
