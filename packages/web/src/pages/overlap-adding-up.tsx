import type { Accumulation, AccumulationRow, AccumulationTrend } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { type AccumulationPoint, accumulationChart } from "../charts/overlap-accumulation.ts";
import { Figure } from "../components/figure.tsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { labelOf } from "../words/cuts.ts";
import { count, percent, signed, unbroken } from "../words/numbers.ts";
import { overlapStepLabel } from "./overlap-crossing.tsx";

interface AddingUpProps {
  readonly frame: PageFrame;
  readonly accumulation: Accumulation;
  readonly characteristics: readonly Characteristic[];
  readonly csv: string;
}

/** What happens as disadvantages add up: the sentence, the picture with its table, each step's trend, and the unknowns. */
export function AddingUp({ frame, accumulation, characteristics, csv }: AddingUpProps) {
  const { rows, atLeast, trends, referred, unknown, sentence } = accumulation;
  const points = [...pointsOf(rows, true), ...pointsOf(atLeast, false)];
  return (
    <>
      <p class="nhsuk-body-l">{unbroken(sentence)}</p>
      <p class="nhsuk-body">
        Counted as a disadvantage: {countedInWords(accumulation, characteristics)}.
      </p>
      <p class="nhsuk-body">
        {unknown === 0
          ? `All of this is recorded for all ${count(referred)} people.`
          : `All of this is recorded for ${count(referred - unknown)} of ${count(referred)} people. For the other ${count(unknown)} (${percent(unknown / Math.max(1, referred))}) something is not recorded: they are counted apart, by the disadvantages that are known, and may have more.`}
      </p>
      {points.length > 0 && (
        <Figure
          id="accumulation"
          sentence={endsInWords(rows)}
          draw={(width, name) =>
            accumulationChart(
              points,
              trends.map(({ step }) => overlapStepLabel(step)),
              rows.map(numberOf),
              width,
              name,
            )
          }
          reading={`Each full dot is the share of people of whom everything is recorded; the line is where the true share is likely to lie.${atLeast.length > 0 ? " A hollow square is people with at least so many, of whom something is not recorded." : ""}`}
          csv={csv}
          method={<MethodLink frame={frame} pages={["proportion"]} text="How this is worked out" />}
        >
          <Table
            id="accumulation-table"
            caption="Share that reached each step, by number of disadvantages"
            columns={[
              { heading: "Disadvantages" },
              { heading: "Referred", numeric: true },
              ...trends.map(({ step }) => ({ heading: overlapStepLabel(step), numeric: true })),
            ]}
            rows={[
              ...rows.map((row) => rowCells(row, numberInWords(row))),
              ...atLeast.map((row) =>
                rowCells(row, `At least ${row.disadvantages}, something not recorded`),
              ),
            ]}
          />
        </Figure>
      )}
      <h3 class="nhsuk-heading-s">Each further disadvantage, step by step</h3>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {trends.map((trend) => (
          <li>{unbroken(trend.sentence)}</li>
        ))}
      </ul>
      {unknown > 0 && <UnknownsTable trends={trends} />}
      <p class="nhsuk-body">
        This says that people with more disadvantages fare differently, not that each disadvantage
        is a cause.
      </p>
    </>
  );
}

/** The same slope where nothing that is not recorded is a disadvantage, and where all of it is. */
function UnknownsTable({ trends }: { trends: readonly AccumulationTrend[] }) {
  const slope = (value: AccumulationTrend["slope"]) =>
    isAbsent(value) ? (
      "too few to say"
    ) : (
      <>
        {signed(value.value)}
        <small class="cell-note">
          {signed(value.lower)} to {signed(value.upper)}
        </small>
      </>
    );
  return (
    <details class="nhsuk-details">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">What the unknowns could change</span>
      </summary>
      <div class="nhsuk-details__text">
        <Table
          id="unknowns-table"
          caption="Points for each further disadvantage, by what is taken for not recorded"
          columns={[
            { heading: "Step" },
            { heading: "Only people of whom all is recorded", numeric: true },
            { heading: "Everyone, nothing unknown is a disadvantage", numeric: true },
            { heading: "Everyone, all unknown is a disadvantage", numeric: true },
          ]}
          rows={trends.map((trend) => [
            overlapStepLabel(trend.step),
            slope(trend.slope),
            slope(trend.unknownAsNone),
            slope(trend.unknownAsAll),
          ])}
        />
      </div>
    </details>
  );
}

function rowCells(row: AccumulationRow, name: string) {
  return [
    name,
    count(row.referred),
    ...row.steps.map(({ share, reached, denominator }) =>
      isAbsent(share) ? (
        <>
          too few to say<small class="cell-note">{count(denominator)} settled</small>
        </>
      ) : (
        <>
          {percent(share.value)}
          <small class="cell-note">
            {percent(share.lower)} to {percent(share.upper)}
          </small>
          <small class="cell-note">
            {count(reached)} of {count(denominator)}
          </small>
        </>
      ),
    ),
  ];
}

/** What the picture shows: each step's share at both ends. */
function endsInWords(rows: readonly AccumulationRow[]): string {
  const parts = (rows[0]?.steps ?? []).flatMap(({ step }) => {
    const shares = rows.flatMap((row) => {
      const share = row.steps.find((one) => one.step === step)?.share;
      return share && !isAbsent(share) ? [{ row, value: share.value }] : [];
    });
    const [first, last] = [shares[0], shares.at(-1)];
    if (!first || !last || first === last) return [];
    const name = overlapStepLabel(step).toLowerCase();
    return [`${name} ${percent(first.value)} to ${percent(last.value)}`];
  });
  const last = rows.at(-1);
  return parts.length > 0 && last
    ? `From the fewest disadvantages to ${numberInWords(last).toLowerCase()}: ${parts.join(", ")}.`
    : "Share that reached each step, by number of disadvantages.";
}

/** "0", "1", "4+". */
function numberOf({ disadvantages, orMore }: AccumulationRow): string {
  return `${disadvantages}${orMore ? "+" : ""}`;
}

function numberInWords({ disadvantages, orMore }: AccumulationRow): string {
  if (disadvantages === 0) return "None";
  return `${disadvantages}${orMore ? " or more" : ""}`;
}

function pointsOf(rows: readonly AccumulationRow[], recorded: boolean): AccumulationPoint[] {
  return rows.flatMap((row) =>
    row.steps.flatMap(({ step, share }) =>
      isAbsent(share)
        ? []
        : [{ step: overlapStepLabel(step), disadvantages: numberOf(row), share, recorded }],
    ),
  );
}

/** "Deprivation: 1 (most deprived); Disability: Yes". Where most groups count, those that do not. */
function countedInWords(
  { disadvantages }: Accumulation,
  characteristics: readonly Characteristic[],
): string {
  return Object.entries(disadvantages)
    .map(([name, groups]) => {
      const known = (characteristics.find((one) => one.name === name)?.groups ?? []).filter(
        (group) => !group.unknown,
      );
      const rest = known.filter((group) => !groups.includes(group.name));
      const words =
        groups.length > 2 && rest.length > 0 && rest.length <= 2
          ? `any but ${rest.map((group) => group.name).join(" or ")}`
          : groups.join(" or ");
      return `${labelOf(name, characteristics)}: ${words}`;
    })
    .join("; ");
}
