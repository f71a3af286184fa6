import { isSureOfNeed, type NeedRow, type NeedTable, standardInWords } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { needRatiosChart } from "../charts/need-ratios.ts";
import { CertaintyTag } from "../components/certainty-tag.tsx";
import { Figure } from "../components/figure.tsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { certainty } from "../words/certainty.ts";
import { labelOf } from "../words/cuts.ts";
import { count, signedCount } from "../words/numbers.ts";

interface NeedGroupsProps {
  readonly frame: PageFrame;
  readonly table: NeedTable;
  readonly characteristics: readonly Characteristic[];
  readonly csv: string;
  /** True where each period of a table of counts has its own population, and they are added up. */
  readonly added?: boolean;
}

/** The most groups that one picture can hold. */
const MOST_DRAWN = 16;

/** Use beside expected use, group by group. */
export function NeedGroups({ frame, table, characteristics, csv, added }: NeedGroupsProps) {
  const label = table.by === "deprivation" ? "Deprivation" : labelOf(table.by, characteristics);
  const drawn = [...table.rows]
    .sort((a, b) => b.people - a.people)
    .slice(0, MOST_DRAWN)
    .sort((a, b) => table.rows.indexOf(a) - table.rows.indexOf(b));
  const standard = standardInWords(table);
  const perYear = table.years === undefined ? "" : " a year";
  return (
    <Figure
      id="need-groups"
      sentence={pictureSentence(table, label)}
      draw={(width, sentence) =>
        needRatiosChart(
          drawn.map((row) => ({
            name: row.group.name,
            ...(isAbsent(row.use) || isAbsent(row.use.ratio) ? {} : { ratio: row.use.ratio }),
            observed: row.referrals,
            standing: standingOf(row),
          })),
          width,
          sentence,
        )
      }
      reading={`100 means: referred as often as ${standard}. The line is where the true number is likely to lie. A diamond is a group that is surely referred less often, a square one that surely is more often, a circle neither. In the table a plus is missing referrals, a minus more than expected.${drawn.length < table.rows.length ? ` The ${drawn.length} groups with most people are drawn; the table has all.` : ""}`}
      csv={csv}
      method={
        <MethodLink
          frame={frame}
          pages={["internally-standardised"]}
          text="How this is worked out"
        />
      }
    >
      <Table
        id="need-groups-table"
        caption={`Referrals beside those expected, by ${label.toLowerCase()}`}
        columns={[
          { heading: label },
          { heading: added ? "People, all periods added up" : "People", numeric: true },
          { heading: "Referrals", numeric: true },
          { heading: `For every 1,000 people${perYear}`, numeric: true },
          { heading: "Expected", numeric: true },
          { heading: "Missing", numeric: true },
          { heading: "For every 100 expected", numeric: true },
          { heading: "Missing, whoever those not recorded are", numeric: true },
          { heading: "How sure" },
        ]}
        rows={[
          ...table.rows.map((row) => [
            row.group.name,
            count(row.people),
            count(row.referrals),
            <Rate row={row} />,
            ...useCells(row),
            <HowSure row={row} comparisons={table.comparisons} />,
          ]),
          [
            "Everyone whose group is recorded",
            count(table.people),
            count(table.referrals),
            <Rate row={table} />,
            "",
            "",
            "",
            "",
            table.unknown > 0 ? `${count(table.unknown)} referrals without a recorded group` : "",
          ],
        ]}
      />
    </Figure>
  );
}

function Rate({ row }: { row: Pick<NeedRow, "rate"> }) {
  if (isAbsent(row.rate)) return <>–</>;
  const { value, lower, upper } = row.rate;
  return (
    <>
      {value.toFixed(1)}
      <small class="cell-note">
        {lower.toFixed(1)} to {upper.toFixed(1)}
      </small>
    </>
  );
}

function useCells({ use, bounds }: NeedRow) {
  if (isAbsent(use))
    return [use.absent === "tooFew" ? "too few to say" : "cannot be said", "", "", ""];
  const ratio = use.ratio;
  return [
    count(use.expected),
    <>
      {signedCount(use.value)}
      <small class="cell-note">
        {signedCount(use.lower)} to {signedCount(use.upper)}
      </small>
    </>,
    isAbsent(ratio) ? (
      "–"
    ) : (
      <>
        {count(100 * ratio.value)}
        <small class="cell-note">
          {count(100 * ratio.lower)} to {count(100 * ratio.upper)}
        </small>
      </>
    ),
    bounds.unknown === 0 ? (
      "all recorded"
    ) : (
      <>
        {signedCount(bounds.lower)} to {signedCount(bounds.upper)}
        <small class="cell-note">{count(bounds.unknown)} not recorded</small>
      </>
    ),
  ];
}

function HowSure({ row, comparisons }: { row: NeedRow; comparisons: number }) {
  if (row.q === undefined) return null;
  return (
    <>
      <CertaintyTag certainty={certainty(row.q, comparisons)} />
      {!row.bounds.signKnown && row.bounds.unknown > 0 && (
        <small class="cell-note">those not recorded could turn it round</small>
      )}
    </>
  );
}

function standingOf(row: NeedRow): "fewer" | "more" | "unsure" {
  if (isAbsent(row.use) || !isSureOfNeed(row)) return "unsure";
  return row.use.value > 0 ? "fewer" : "more";
}

/** What the picture shows, from its lowest group to its highest. */
function pictureSentence(table: NeedTable, label: string): string {
  const said = table.rows.flatMap((row) =>
    isAbsent(row.use) || isAbsent(row.use.ratio)
      ? []
      : [{ group: row.group.people, value: 100 * row.use.ratio.value }],
  );
  if (said.length === 0) return `By ${label.toLowerCase()}: too few referrals to say of any group.`;
  const sorted = [...said].sort((a, b) => a.value - b.value);
  const [low] = sorted;
  const high = sorted.at(-1);
  if (!low || !high || low === high) return `By ${label.toLowerCase()}: one group can be compared.`;
  return `Of every 100 referrals expected of them there were ${count(low.value)} of ${low.group} and ${count(high.value)} of ${high.group}.`;
}
