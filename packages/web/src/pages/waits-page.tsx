import { type GroupWaits, WAIT_HORIZONS, type WaitsTable } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { groupLooks } from "../charts/palette.ts";
import { waitCurvesChart } from "../charts/wait-curves.ts";
import { Figure } from "../components/figure.tsx";
import { allOptions, Filters, Select } from "../components/filters.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { type View, viewAddress } from "../words/choices.ts";
import { labelOf, mostPeople, unknownLast } from "../words/cuts.ts";
import { count, percent } from "../words/numbers.ts";

interface WaitsPageProps {
  readonly frame: PageFrame;
  readonly table: WaitsTable;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
}

/** The most curves that one picture can hold and still be read. */
const MOST_CURVES = 7;

/** Waits by one characteristic: the chance of having been seen by each week, people still waiting included. */
export function WaitsPage({ frame, table, characteristics, view }: WaitsPageProps) {
  const rows = table.groups.length > 0 ? unknownLast(table.groups) : [table.everyone];
  const name = table.characteristic;
  const ordered = characteristics.find((one) => one.name === name)?.ordered ?? false;
  const label = name ? labelOf(name, characteristics) : undefined;
  const curves = mostPeople(
    rows.filter((row) => row.curve.weeks.length > 1),
    MOST_CURVES,
    (row) => row.people,
  );
  const looks = groupLooks(
    curves.map((row) => row.group),
    ordered,
  );
  return (
    <Layout
      frame={frame}
      title={label ? `Waits by ${label.toLowerCase()}` : "Waits"}
      current="waits"
    >
      <h1 class="nhsuk-heading-l page-title">Waits: who is seen, and when</h1>
      <Filters action="/waits" view={view} characteristics={characteristics}>
        <Select
          name="by"
          label="Compare people by"
          value={view.by ?? name}
          options={allOptions(characteristics)}
        />
        <Select
          name="of"
          label="Of those"
          value={view.of ?? table.of}
          options={[
            { value: "referred", text: "referred" },
            { value: "accepted", text: "accepted" },
          ]}
        />
      </Filters>
      {curves.length > 0 ? (
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
            )
          }
          reading={`The higher the line, the sooner people are seen. People still waiting are counted for as long as they have waited; people who left without being seen are never counted as seen. The band is where the true chance is likely to lie.${curves.length < rows.length ? ` The ${curves.length} largest groups are drawn; the table has all.` : ""}`}
          csv={viewAddress("/waits.csv", view)}
          method={
            <MethodLink
              frame={frame}
              pages={["chance-of-being-seen"]}
              text="How this is worked out"
            />
          }
        >
          <WaitsTableView rows={rows} table={table} label={label} />
        </Figure>
      ) : (
        <div class="nhsuk-inset-text">
          <span class="nhsuk-u-visually-hidden">Information: </span>
          <p>These data do not say how long anybody waited.</p>
          <p>
            Waits need a date of referral and a date of first contact for each person, or counts of
            people waiting by weeks waited. <a href="/start">Open a file that has them</a>
          </p>
        </div>
      )}
    </Layout>
  );
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
  const all = table.groups.length > 0 ? [...rows, table.everyone] : rows;
  return (
    <Table
      id="waits-table"
      caption={`Chance of having been seen, and people still waiting${label ? `, by ${label.toLowerCase()}` : ""}`}
      columns={[
        { heading: label ?? "Group" },
        { heading: "People", numeric: true },
        ...WAIT_HORIZONS.map((weeks) => ({ heading: `Seen by ${weeks} weeks`, numeric: true })),
        { heading: "Half seen by", numeric: true },
        { heading: "Still waiting", numeric: true },
        { heading: "Waiting 18 weeks or more", numeric: true },
        { heading: "Waiting 52 weeks or more", numeric: true },
      ]}
      rows={all.map((row) => [
        row === table.everyone ? "Everyone" : row.group.name,
        count(row.people),
        ...WAIT_HORIZONS.map((weeks) => {
          const chance = row.seenBy.find((one) => one.weeks === weeks)?.chance;
          if (!chance || isAbsent(chance)) return "too few to say";
          return (
            <>
              {percent(chance.value)}
              <small class="cell-note">
                {percent(chance.lower)} to {percent(chance.upper)}
              </small>
            </>
          );
        }),
        isAbsent(row.medianWeeks) ? "not yet" : `${count(row.medianWeeks)} weeks`,
        count(row.stillWaiting),
        count(row.waitingOver18),
        count(row.waitingOver52),
      ])}
    />
  );
}
