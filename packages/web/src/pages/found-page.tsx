import type { Finding, FindingsReport } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { peopleAffectedChart } from "../charts/people-affected.ts";
import { CertaintyTag } from "../components/certainty-tag.tsx";
import { EstimateFiles } from "../components/estimate-files.tsx";
import { Figure } from "../components/figure.tsx";
import { Filters, peopleOptions, Select } from "../components/filters.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { Table } from "../components/table.tsx";
import { Thread } from "../components/thread.tsx";
import { certainty } from "../words/certainty.ts";
import { type View, viewAddress } from "../words/choices.ts";
import { cutName, labelOf } from "../words/cuts.ts";
import { count, counted, points, sizes, unbroken } from "../words/numbers.ts";
import { inOrder, stepLabel } from "../words/steps.ts";
import { GapMap } from "./gap-map.tsx";

/** How many findings are shown before a person asks for all. */
const FIRST = 8;

interface FoundPageProps {
  readonly frame: PageFrame;
  readonly report: FindingsReport;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
}

/** The findings that a view keeps: by step, and by characteristic among those crossed. */
export function keptFindings(report: FindingsReport, view: View): readonly Finding[] {
  return report.findings.filter(
    (finding) =>
      (!view.step || finding.step === view.step) &&
      (!view.by || view.by in finding.cut) &&
      (!view.only || Object.keys(finding.cut).every((name) => view.only?.includes(name))),
  );
}

/** What we found: the answer first, then the picture, then each finding, then what was not found. */
export function FoundPage({ frame, report, characteristics, view }: FoundPageProps) {
  const kept = keptFindings(report, view);
  const shown = view.all ? kept : kept.slice(0, FIRST);
  const [top] = kept;
  const others = kept.length - 1;
  const steps = inOrder([...report.findings, ...report.quiet].map((one) => one.step));
  return (
    <Layout frame={frame} title="What we found" current="found">
      <h1 class="nhsuk-heading-l page-title">What we found</h1>
      {top ? (
        <section class="answer" aria-labelledby="answer-heading">
          <h2 class="answer__heading" id="answer-heading">
            The largest gap that the data are sure of
          </h2>
          <p class="answer__sentence">
            <a href={findingAddress(top, view)}>{unbroken(top.sentence)}</a>
          </p>
          <KeyFigures finding={top} comparisons={report.comparisons} />
        </section>
      ) : (
        <NothingFound report={report} narrowed={Boolean(view.by || view.step || view.only)} />
      )}
      <Filters action="/found" view={view} characteristics={characteristics}>
        <Select
          name="step"
          label="Step"
          value={view.step}
          options={[
            { value: "", text: "All steps" },
            ...steps.map((step) => ({ value: step, text: stepLabel(step) })),
          ]}
        />
        <Select
          name="by"
          label="Characteristic"
          value={view.by}
          options={[{ value: "", text: "All" }, ...peopleOptions(characteristics)]}
        />
      </Filters>
      {view.only && (
        <p class="filters__chosen">
          Only gaps between groups of{" "}
          <strong>{view.only.map((name) => labelOf(name, characteristics)).join(", ")}</strong>.{" "}
          <a href={viewAddress("/found", { ...view, only: [] })}>Show all gaps</a>
        </p>
      )}
      {kept.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">
            {others > 0 ? "Who is missed, and at which step" : "Who is missed"}
          </h2>
          <p class="nhsuk-body">
            {counted(kept.length, "gap")} stood out among {count(report.comparisons)} comparisons.
            They are ranked by the number of people that the data are sure of.
          </p>
          <Figure
            id="affected"
            sentence={affectedSentence(shown.slice(0, 10), characteristics)}
            draw={(width, sentence) =>
              peopleAffectedChart(
                shown.slice(0, 10).map((finding) => ({
                  who: cutName(finding.cut, characteristics),
                  where: whereText(finding),
                  people: finding.people,
                  signKnown: finding.signKnown,
                })),
                width,
                sentence,
              )
            }
            reading="Each dot is the best estimate; the line is where the true number is likely to lie. A hollow dot means that people with nothing recorded could turn the gap round. A square is a group that fares better."
            csv={viewAddress("/found.csv", view)}
            tableClosed
          >
            <FindingsTable findings={shown} characteristics={characteristics} view={view} />
          </Figure>
          <ol class="findings">
            {shown.map((finding) => (
              <li class="findings__item">
                <h3 class="nhsuk-heading-s findings__sentence">
                  <a href={findingAddress(finding, view)}>{unbroken(finding.sentence)}</a>
                </h3>
                <KeyFigures finding={finding} comparisons={report.comparisons} />
              </li>
            ))}
          </ol>
          {kept.length > shown.length && (
            <p>
              <a href={viewAddress("/found", { ...view, all: true })}>
                Show all {count(kept.length)} gaps
              </a>
            </p>
          )}
        </>
      )}
      <GapMap frame={frame} report={report} characteristics={characteristics} view={view} />
      <EstimateFiles view={view} />
      <Thread
        current="found"
        view={view}
        {...(top ? { cut: top.cut, step: top.step, finding: top.id } : {})}
      />
    </Layout>
  );
}

/** The address of one finding; it keeps the part of the service that was looked at. */
export function findingAddress(finding: Finding, view: View): string {
  return viewAddress(`/found/${encodeURIComponent(finding.id)}`, { selection: view.selection });
}

/** Size in people, size in points, how sure: each with its interval or its meaning. */
export function KeyFigures({ finding, comparisons }: { finding: Finding; comparisons: number }) {
  const { people, points: gap } = finding;
  const sure = certainty(finding.q, comparisons);
  const size = finding.measure === "rate" ? hundredths : points;
  return (
    <dl class="key-figures">
      <div>
        <dt>People</dt>
        <dd>
          <strong>
            {count(Math.abs(people.value))} {people.value < 0 ? "fewer" : "more"}
          </strong>{" "}
          <span class="key-figures__interval">
            likely {sizes(people.lower, people.upper, count)}, of {count(finding.group.denominator)}
          </span>
        </dd>
      </div>
      <div>
        <dt>Gap</dt>
        <dd>
          <strong>
            {size(gap.value)} {finding.measure === "rate" ? "per 100" : "points"}{" "}
            {gap.value < 0 ? "lower" : "higher"}
          </strong>{" "}
          <span class="key-figures__interval">likely {sizes(gap.lower, gap.upper, size)}</span>
        </dd>
      </div>
      <div>
        <dt>How sure</dt>
        <dd>
          <CertaintyTag certainty={sure} />{" "}
          {!finding.signKnown && (
            <strong class="nhsuk-tag nhsuk-tag--orange">Unknowns could turn it round</strong>
          )}
        </dd>
      </div>
    </dl>
  );
}

const hundredths = (value: number) => Math.abs(value).toFixed(2);

function FindingsTable({
  findings,
  characteristics,
  view,
}: {
  findings: readonly Finding[];
  characteristics: readonly Characteristic[];
  view: View;
}) {
  return (
    <Table
      id="findings-table"
      caption="Gaps by people affected, with the range that the data allow"
      columns={[
        { heading: "Who" },
        { heading: "Where" },
        { heading: "People", numeric: true },
        { heading: "Points", numeric: true },
        { heading: "This group", numeric: true },
        { heading: "Compared with", numeric: true },
      ]}
      rows={findings.map((finding) => [
        <a href={findingAddress(finding, view)}>{cutName(finding.cut, characteristics)}</a>,
        whereText(finding),
        `${count(finding.people.value)} (${sizes(finding.people.lower, finding.people.upper, count)})`,
        gapInTable(finding),
        `${count(finding.group.reached)} of ${count(finding.group.denominator)}`,
        `${count(finding.others.reached)} of ${count(finding.others.denominator)}`,
      ])}
    />
  );
}

function gapInTable({ points: gap, measure }: Finding): string {
  const size = measure === "rate" ? hundredths : points;
  return `${gap.value < 0 ? "−" : "+"}${size(gap.value)} (${sizes(gap.lower, gap.upper, size)})`;
}

/** Where a gap arises, short: "Seen by 18 weeks". */
export function whereText(finding: Finding): string {
  if (finding.measure === "seenBy") return `Seen by ${finding.horizonWeeks} weeks`;
  if (finding.measure === "waitingUnder") return `Waiting under ${finding.horizonWeeks} weeks`;
  return stepLabel(finding.step);
}

function affectedSentence(
  findings: readonly Finding[],
  characteristics: readonly Characteristic[],
): string {
  const first = findings[0];
  const last = findings.at(-1);
  if (!first || !last) return "No gap was found.";
  const size = (one: Finding) =>
    `${count(Math.abs(one.people.value))} ${one.people.value < 0 ? "fewer" : "more"}`;
  const name = (one: Finding) =>
    `${cutName(one.cut, characteristics)}, ${whereText(one).toLowerCase()}`;
  const widest = `${size(first)} than expected (${name(first)})`;
  return findings.length > 1
    ? `People missed, surest first: from ${widest} to ${size(last)} (${name(last)}).`
    : `${widest[0]?.toUpperCase()}${widest.slice(1)}.`;
}

function NothingFound({ report, narrowed }: { report: FindingsReport; narrowed: boolean }) {
  if (report.comparisons === 0)
    return (
      <div class="nhsuk-inset-text">
        <span class="nhsuk-u-visually-hidden">Information: </span>
        <p>Nothing could be compared.</p>
        <p>
          These data hold no groups of people, such as deprivation, ethnic group or age, that are
          large enough to compare at any step. <a href="/quality">See what they hold</a> or{" "}
          <a href="/start">open another file</a>.
        </p>
      </div>
    );
  return (
    <div class="nhsuk-inset-text">
      <span class="nhsuk-u-visually-hidden">Information: </span>
      <p>
        {narrowed
          ? "No gap stood out for this choice. Clear the choices to see the other gaps."
          : `No gap stood out among the ${count(report.comparisons)} comparisons made.`}
      </p>
      <p>
        That does not mean that there is none. The picture below says how large each gap would have
        had to be before these data could show it.
      </p>
    </div>
  );
}
