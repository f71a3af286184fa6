import {
  type FindingsReport,
  monthsOfData,
  monthsToShow,
  type UnknownCosts,
} from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { type Absent, isAbsent } from "@taproot/statistics";
import { EstimateFiles } from "../components/estimate-files.tsx";
import { Filters } from "../components/filters.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { Thread } from "../components/thread.tsx";
import { certainty } from "../words/certainty.ts";
import { type View, viewAddress } from "../words/choices.ts";
import { cutName, labelOf } from "../words/cuts.ts";
import { count, counted, percent, points, signed, unbroken } from "../words/numbers.ts";
import { stepLabel } from "../words/steps.ts";
import { findingAddress } from "./found-page.tsx";

interface SurePageProps {
  readonly frame: PageFrame;
  readonly report: FindingsReport;
  readonly costs: UnknownCosts;
  /** How many points are a gap that matters. */
  readonly matters: number;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
}

/** How sure is all this: of each gap that was told, and of each silence. */
export function SurePage(props: SurePageProps) {
  const { frame, report, costs, matters, characteristics, view } = props;
  const { findings, quiet, comparisons, data } = report;
  const months = monthsOfData(data);
  return (
    <Layout frame={frame} title="How sure are we?" current="sure">
      <h1 class="nhsuk-heading-l page-title">How sure are we?</h1>
      <p class="answer__sentence">{unbroken(answerOf(report))}</p>
      <Filters action="/sure" view={view} characteristics={characteristics}>
        <div class="nhsuk-form-group filters__field">
          <label class="nhsuk-label" for="points">
            A gap that matters is at least this many points
          </label>
          <input
            class="nhsuk-input nhsuk-input--width-3"
            id="points"
            name="points"
            inputmode="decimal"
            value={String(matters)}
          />
        </div>
      </Filters>
      {findings.length > 0 && (
        <section aria-labelledby="told-heading">
          <h2 class="nhsuk-heading-m" id="told-heading">
            What we say
          </h2>
          <p class="nhsuk-body">
            {count(comparisons)} comparisons were made. Among so many, some gaps look real by chance
            alone. We tell only those of which at most 5 in 100 should be false alarms.{" "}
            <MethodLink frame={frame} pages={["many-cuts"]} text="The method" />
          </p>
          <Table
            id="told"
            caption="Each gap: how likely chance is, and what people of unknown group could do to it"
            columns={[
              { heading: "Gap" },
              { heading: "Points, likely between", numeric: true },
              { heading: "Chance" },
              { heading: "With the unknowns, anywhere from", numeric: true },
              { heading: "What would turn it round" },
            ]}
            rows={findings.map((finding) => [
              <a href={findingAddress(finding, view)}>
                {stepLabel(finding.step)}: {cutName(finding.cut, characteristics)}
              </a>,
              `${signed(finding.points.lower)} to ${signed(finding.points.upper)}, of ${count(finding.denominator)}`,
              certainty(finding.q, comparisons).sentence,
              `${signed(finding.bounds.lower)} to ${signed(finding.bounds.upper)}`,
              turnsRound(finding),
            ])}
          />
        </section>
      )}
      <section aria-labelledby="silence-heading">
        <h2 class="nhsuk-heading-m" id="silence-heading">
          Where we say nothing
        </h2>
        <p class="nhsuk-body">
          No gap found does not mean no gap. For each silence: the smallest gap that would probably
          have been seen, and for how many months data like these would have to be collected to see
          one of {points(matters)} points.{" "}
          {isAbsent(months) ? months.message : `These data hold ${monthsInWords(months)}.`}{" "}
          <MethodLink
            frame={frame}
            pages={["smallest-detectable-gap"]}
            text="How this is worked out"
          />
        </p>
        {quiet.length > 0 ? (
          <Table
            id="silences"
            caption="Silences, and what they are worth"
            columns={[
              { heading: "Characteristic" },
              { heading: "Step" },
              { heading: "Smallest gap that would be seen", numeric: true },
              { heading: `Months of data to see ${points(matters)} points`, numeric: true },
            ]}
            rows={shortSighted(quiet).map((one) => [
              labelOf(one.characteristic, characteristics),
              stepLabel(one.step),
              isAbsent(one.smallestDetectable)
                ? "too few to say"
                : `${points(one.smallestDetectable)} points`,
              monthsCell(monthsToShow(one.smallestDetectable, months, matters), months),
            ])}
          />
        ) : (
          <p class="nhsuk-body">
            There is no silence: a gap stood out wherever something was compared.
          </p>
        )}
      </section>
      <section aria-labelledby="unknown-heading">
        <h2 class="nhsuk-heading-m" id="unknown-heading">
          What is not recorded, and what it costs
        </h2>
        <p class="nhsuk-body">{unbroken(costs.sentence)}</p>
        {costs.rows.length > 0 && <CostTables rows={costs.rows} />}
        <p class="figure__csv">
          <a
            href={viewAddress(
              "/sure.csv",
              { selection: view.selection },
              { points: String(matters) },
            )}
            download
          >
            Download these tables (CSV)
          </a>
        </p>
      </section>
      <EstimateFiles view={view} />
      <Thread current="sure" view={view} />
    </Layout>
  );
}

/** How many unknowns are shown before a person asks for all. */
const FIRST = 12;

function CostTables({ rows }: { rows: UnknownCosts["rows"] }) {
  const sorted = [...rows].sort((a, b) => b.points - a.points);
  const rest = sorted.slice(FIRST);
  const table = (id: string, caption: string, some: UnknownCosts["rows"]) => (
    <Table
      id={id}
      caption={caption}
      columns={[
        { heading: "Characteristic" },
        { heading: "Step" },
        { heading: "Not recorded", numeric: true },
        { heading: "A gap could be off by up to", numeric: true },
      ]}
      rows={some.map((row) => [
        row.label,
        stepLabel(row.step),
        `${count(row.unknown)} of ${count(row.of)} (${percent(row.of > 0 ? row.unknown / row.of : 0)})`,
        row.unknown === 0 ? "nothing" : `${points(row.points)} points`,
      ])}
    />
  );
  return (
    <>
      {table(
        "unknowns",
        "By how much gaps could be larger or smaller than they look, whoever the unknown are",
        sorted.slice(0, FIRST),
      )}
      {rest.length > 0 && (
        <details class="nhsuk-details">
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">
              {counted(rest.length, "place")} where unknowns cost less
            </span>
          </summary>
          <div class="nhsuk-details__text">
            {table("fewer-unknowns", "Where unknowns cost less", rest)}
          </div>
        </details>
      )}
    </>
  );
}

/** Where least can be said comes first. */
function shortSighted(quiet: FindingsReport["quiet"]): FindingsReport["quiet"] {
  const size = ({ smallestDetectable }: FindingsReport["quiet"][number]) =>
    isAbsent(smallestDetectable) ? Number.POSITIVE_INFINITY : smallestDetectable;
  return [...quiet].sort((a, b) => size(b) - size(a) || 0);
}

function answerOf({ findings, quiet, comparisons }: FindingsReport): string {
  if (comparisons === 0)
    return "Nothing could be compared, so that there is nothing to be sure of.";
  const unsure = findings.filter(({ signKnown }) => !signKnown).length;
  const told =
    findings.length === 0
      ? `Among ${count(comparisons)} comparisons no gap stood out from chance.`
      : `${counted(findings.length, "gap")} stood out from chance among ${count(comparisons)} comparisons${unsure === 0 ? ", and no people of unknown group could turn one of them round" : `; people of unknown group could turn ${unsure} of them round`}.`;
  return `${told} ${quiet.length === 0 ? "" : `In ${counted(quiet.length, "place")} we looked and can say nothing: see how large a gap would have had to be.`}`;
}

function turnsRound({ signKnown, tipping, unknown }: FindingsReport["findings"][number]): string {
  if (unknown === 0) return "Everyone’s group is recorded.";
  if (signKnown) return `Nothing that the ${count(unknown)} people of unknown group could be.`;
  return tipping ? unbroken(tipping.sentence) : "The people of unknown group could.";
}

function monthsInWords(months: number): string {
  return counted(Math.round(months), "month");
}

function monthsCell(needed: number | Absent, have: number | Absent): string {
  if (isAbsent(needed)) return "cannot be said";
  if (!isAbsent(have) && needed <= have) return "these are enough";
  const years = needed / 12;
  if (years > 20) return "more than 20 years";
  return needed < 36 ? `${Math.ceil(needed)}` : `${Math.ceil(needed)} (${years.toFixed(0)} years)`;
}
