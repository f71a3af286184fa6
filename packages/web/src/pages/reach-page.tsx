import type { GroupReach, ReachTable, StepReach } from "@taproot/awareness";
import { type Characteristic, STEP_LABEL, type Step } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { groupLooks } from "../charts/palette.ts";
import { type PathwayPoint, pathwayChart } from "../charts/pathway.ts";
import { Figure } from "../components/figure.tsx";
import { allOptions, Filters, Select } from "../components/filters.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { Thread } from "../components/thread.tsx";
import { type View, viewAddress } from "../words/choices.ts";
import { labelOf, mostPeople, unknownLast } from "../words/cuts.ts";
import { count, percent, signed } from "../words/numbers.ts";

interface ReachPageProps {
  readonly frame: PageFrame;
  readonly table: ReachTable;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
  /** Steps at which the data cannot tell "not yet" from "never". */
  readonly openCountsAsLost: readonly Step[];
}

/** The most groups that one picture can hold and still be read. */
const MOST_GROUPS = 14;

/** The pathway by one characteristic: who gets through each step. */
export function ReachPage(props: ReachPageProps) {
  const { frame, table, characteristics, view, openCountsAsLost } = props;
  const rows = table.groups.length > 0 ? unknownLast(table.groups) : [table.everyone];
  const drawn = mostPeople(rows, MOST_GROUPS, (row) => row.referred);
  const steps = table.everyone.steps.map((step) => step.step).filter((step) => step !== "referred");
  const anyOpen = table.everyone.steps.some((step) => step.open > 0);
  const name = table.characteristic;
  const ordered = characteristics.find((one) => one.name === name)?.ordered ?? false;
  const label = name ? labelOf(name, characteristics) : undefined;
  return (
    <Layout
      frame={frame}
      title={label ? `Reach by ${label.toLowerCase()}` : "Reach"}
      current="reach"
    >
      <h1 class="nhsuk-heading-l page-title">Reach: who gets through each step</h1>
      <Filters action="/reach" view={view} characteristics={characteristics}>
        <Select
          name="by"
          label="Compare people by"
          value={view.by ?? name}
          options={allOptions(characteristics)}
        />
      </Filters>
      {steps.length === 0 ? (
        <div class="nhsuk-inset-text">
          <span class="nhsuk-u-visually-hidden">Information: </span>
          <p>These data do not say who got through any step.</p>
          <p>
            Reach needs dates, or counts, of people accepted, seen, completed or improved.{" "}
            <a href="/start">Open a file that has them</a>
          </p>
        </div>
      ) : (
        <Figure
          id="pathway"
          sentence={table.sentence}
          draw={(width, sentence) =>
            pathwayChart(pathwayOf(drawn, table.everyone, ordered), width, sentence)
          }
          reading={`Each mark shows how far a group’s share lies from everyone’s, in percentage points; the line is where the true distance is likely to be. The number beside it is the share itself: those who got through the step, of those who reached the step before and whose step is settled.${drawn.length < rows.length ? ` The ${drawn.length} largest groups are drawn; the table has all.` : ""}`}
          csv={viewAddress("/reach.csv", view)}
          method={<MethodLink frame={frame} pages={["proportion"]} text="How this is worked out" />}
        >
          <Table
            id="reach-table"
            caption={`Share that got through each step${label ? `, by ${label.toLowerCase()}` : ""}`}
            columns={[
              { heading: label ?? "Group" },
              { heading: "Referred", numeric: true },
              ...steps.map((step) => ({ heading: STEP_LABEL[step], numeric: true })),
            ]}
            rows={[...rows, ...(table.groups.length > 0 ? [table.everyone] : [])].map((row) => [
              row === table.everyone ? "Everyone" : row.group.name,
              <ReferredCell row={row} />,
              ...row.steps
                .filter((step) => step.step !== "referred")
                .map((step) => <StepCell step={step} compared={row !== table.everyone} />),
            ])}
          />
        </Figure>
      )}
      {openCountsAsLost.length > 0 && (
        <p class="nhsuk-body">
          <strong>Read with care:</strong> at the step{" "}
          {openCountsAsLost.map((step) => STEP_LABEL[step].toLowerCase()).join(" and ")} these data
          cannot tell “not yet” from “never”. There, referrals that are still open count as not
          reached.
        </p>
      )}
      {anyOpen && (
        <p class="nhsuk-body">
          <strong>Open</strong> means that the step may still come: awaiting a decision, waiting to
          be seen or in treatment, or for improved, not measured twice. Open referrals are shown and
          not counted as lost.
        </p>
      )}
      <Thread current="where" view={view} />
    </Layout>
  );
}

function ReferredCell({ row }: { row: GroupReach }) {
  const step = row.steps.find((one) => one.step === "referred");
  if (!step || isAbsent(step.share)) return <>{count(row.referred)}</>;
  return (
    <>
      {count(row.referred)}
      <small class="cell-note">
        {(step.share.value * 100).toFixed(1)} per 100 of {count(step.share.denominator)}
      </small>
    </>
  );
}

function StepCell({ step, compared }: { step: StepReach; compared: boolean }) {
  const { share, gap, reached, lost, open } = step;
  if (isAbsent(share))
    return (
      <>
        too few to say
        <small class="cell-note">{count(reached + lost)} settled</small>
      </>
    );
  return (
    <>
      {percent(share.value)}
      <small class="cell-note">
        {count(reached)} of {count(reached + lost)}
        {open > 0 ? `; ${count(open)} open` : ""}
      </small>
      {compared && !isAbsent(gap) && (
        <small class="cell-note">
          {signed(gap.value)} points ({signed(gap.lower)} to {signed(gap.upper)})
        </small>
      )}
    </>
  );
}

function pathwayOf(rows: readonly GroupReach[], everyone: GroupReach, ordered: boolean) {
  const looks = groupLooks(
    rows.map((row) => row.group),
    ordered,
  );
  const drawn = everyone.steps.filter((step) => step.step !== "referred");
  const points = rows.flatMap((row, index) =>
    row.steps
      .filter((step) => step.step !== "referred")
      .map(
        (step): PathwayPoint => ({
          step: step.step,
          group: row.group.name,
          look: looks[index]!,
          ...(isAbsent(step.share) ? {} : { share: step.share }),
          reached: step.reached,
          denominator: step.reached + step.lost,
        }),
      ),
  );
  return {
    groups: rows.map((row) => row.group.name),
    steps: drawn.map((step) => step.step),
    points,
    everyone: Object.fromEntries(
      drawn.flatMap((step) => (isAbsent(step.share) ? [] : [[step.step, step.share.value]])),
    ),
  };
}
