import type { Characteristic, WaitBand } from "@taproot/model";
import { groupSharesChart } from "../charts/group-shares.ts";
import { Figure } from "../components/figure.tsx";
import { allOptions, Filters, Select } from "../components/filters.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import type { BandRow, BandTable } from "../server/wait-bands.ts";
import { type View, viewAddress } from "../words/choices.ts";
import { labelOf, mostPeople, unknownLast } from "../words/cuts.ts";
import { longDate } from "../words/dates.ts";
import { count, percent } from "../words/numbers.ts";

interface WaitBandsPageProps {
  readonly frame: PageFrame;
  readonly table: BandTable;
  readonly characteristics: readonly Characteristic[];
  readonly by: string | undefined;
  readonly view: View;
}

/** The most groups that one picture can hold and still be read. */
const MOST_GROUPS = 16;

/** Waits where the data say only how many people are waiting in each band: no chance of being seen can be told. */
export function WaitBandsPage({ frame, table, characteristics, by, view }: WaitBandsPageProps) {
  const label = by ? labelOf(by, characteristics) : undefined;
  const rows = table.rows.length > 0 ? unknownLast(table.rows) : [table.everyone];
  const drawn = mostPeople(rows, MOST_GROUPS, (row) => row.waiting);
  const { everyone, longWeeks } = table;
  const when = table.period ? ` on ${periodWords(table.period)}` : "";
  const sentence = `${count(everyone.waitingLong)} of the ${count(everyone.waiting)} people still waiting${when} have waited ${longWeeks} weeks or more.`;
  return (
    <Layout
      frame={frame}
      title={label ? `Waits by ${label.toLowerCase()}` : "Waits"}
      current="waits"
    >
      <h1 class="nhsuk-heading-l page-title">Waits: who is still waiting, and how long</h1>
      <Filters action="/waits" view={view} characteristics={characteristics}>
        <Select
          name="by"
          label="Compare people by"
          value={view.by ?? by}
          options={allOptions(characteristics)}
        />
      </Filters>
      <Figure
        id="bands"
        sentence={sentence}
        draw={(width, name) =>
          groupSharesChart(
            drawn.map((row) => ({
              name: row.group.name,
              ...(row.share ? { share: row.share } : {}),
              reached: row.waitingLong,
              denominator: row.waiting,
              unknown: row.group.unknown === true,
              focus: false,
            })),
            {
              axis: `Waiting ${longWeeks} weeks or more, of those still waiting`,
              ...(everyone.share ? { everyone: everyone.share.value } : {}),
            },
            width,
            name,
          )
        }
        reading={`Each dot is a group’s share; the line is where the true share is likely to lie. The data count people waiting in bands, so nothing can be said of when people are seen, and the mean time waited so far only lies between what everyone at the start and everyone at the end of their band would give.${drawn.length < rows.length ? ` The ${drawn.length} largest groups are drawn; the table has all.` : ""}`}
        csv={viewAddress("/waits.csv", view)}
        method={
          <MethodLink
            frame={frame}
            pages={["wait-bands", "proportion"]}
            text="How this is worked out"
          />
        }
      >
        <Table
          id="bands-table"
          caption={`People still waiting, by weeks waited${label ? ` and ${label.toLowerCase()}` : ""}${when}`}
          columns={[
            { heading: label ?? "Group" },
            { heading: "Waiting", numeric: true },
            ...table.bands.map((band) => ({ heading: bandWords(band), numeric: true })),
            { heading: `${longWeeks} weeks or more`, numeric: true },
            { heading: `Waited so far on average, up to ${table.upTo} weeks`, numeric: true },
          ]}
          rows={[...rows, ...(table.rows.length > 0 ? [everyone] : [])].map((row) => [
            row.group.name,
            count(row.waiting),
            ...row.counts.map(count),
            <LongShare row={row} />,
            row.soFar
              ? `${row.soFar.lowest.toFixed(1)} to ${row.soFar.highest.toFixed(1)} weeks`
              : "too few to say",
          ])}
        />
      </Figure>
    </Layout>
  );
}

function LongShare({ row }: { row: BandRow }) {
  if (!row.share) return <>too few to say</>;
  return (
    <>
      {percent(row.share.value)}
      <small class="cell-note">
        {percent(row.share.lower)} to {percent(row.share.upper)}
      </small>
    </>
  );
}

function periodWords(period: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(period) ? longDate(period) : period;
}

/** A band of weeks, as a heading: "4 to 12 weeks". */
function bandWords({ fromWeeks, toWeeks }: WaitBand): string {
  return toWeeks === undefined ? `over ${fromWeeks} weeks` : `${fromWeeks} to ${toWeeks} weeks`;
}
