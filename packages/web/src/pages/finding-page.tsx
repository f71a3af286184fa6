import type { Finding, FindingsReport, Gradient } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { type GroupShare, groupSharesChart } from "../charts/group-shares.ts";
import { Figure } from "../components/figure.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { Thread } from "../components/thread.tsx";
import { certainty, unknownsInWords } from "../words/certainty.ts";
import { type View, viewAddress } from "../words/choices.ts";
import { cutLabel, cutName } from "../words/cuts.ts";
import { cutValues } from "../words/group-choice.ts";
import { count, counted, percent, points, signed, unbroken } from "../words/numbers.ts";
import { measureLabel, stepLabel } from "../words/steps.ts";
import { KeyFigures } from "./found-page.tsx";
import { HowMade } from "./how-made.tsx";
import { PinForm } from "./pins-page.tsx";

interface FindingPageProps {
  readonly frame: PageFrame;
  readonly finding: Finding;
  readonly report: FindingsReport;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
  /** Every group of the finding's characteristic at its step, where the finding is about one. */
  readonly groups: readonly GroupShare[];
  /** The note, where the finding is pinned. */
  readonly pinned?: string;
}

/** One finding: what it is, its picture and table, the unknowns, and how every number was made. */
export function FindingPage(props: FindingPageProps) {
  const { frame, finding, report, characteristics, view, groups, pinned } = props;
  const label = measureLabel(finding.measure, finding.step, finding.horizonWeeks);
  const everyone =
    (finding.group.reached + finding.others.reached) /
    (finding.group.denominator + finding.others.denominator);
  const back = viewAddress("/found", { selection: view.selection });
  const first = Object.keys(finding.cut)[0] ?? "";
  const sure = certainty(finding.q, report.comparisons);
  return (
    <Layout
      frame={frame}
      title={`${stepLabel(finding.step)}: ${cutLabel(finding.cut, characteristics)}`}
      current="found"
      before={
        <a class="nhsuk-back-link" href={back}>
          Back to what we found
        </a>
      }
    >
      <h1 class="nhsuk-heading-l page-title">
        <span class="nhsuk-caption-l">
          {stepLabel(finding.step)} · {cutLabel(finding.cut, characteristics)}
        </span>
        {unbroken(finding.sentence)}
      </h1>
      <KeyFigures finding={finding} comparisons={report.comparisons} />
      <p class="nhsuk-body">{sure.sentence}</p>
      <p class="nhsuk-body">
        {unknownsInWords(finding)}
        {finding.tipping && ` ${unbroken(finding.tipping.sentence)}`}
      </p>
      <Figure
        id="groups"
        sentence={groupsSentence(finding, label)}
        draw={(width, sentence) =>
          groupSharesChart(
            groups,
            {
              axis: label,
              everyone,
              format: formatOf(finding),
            },
            width,
            sentence,
          )
        }
        reading="Each mark is a group’s share; the line is where the true share is likely to lie. The dashed line is everyone together."
        csv={viewAddress(`/found/${encodeURIComponent(finding.id)}/groups.csv`, {
          selection: view.selection,
        })}
      >
        <Table
          id="groups-table"
          caption={label}
          columns={[
            { heading: "Group" },
            { heading: "Reached", numeric: true },
            { heading: "Of", numeric: true },
            { heading: "Share", numeric: true },
            { heading: "Likely between", numeric: true },
          ]}
          rows={groups.map((group) => [
            group.focus ? <strong>{group.name}</strong> : group.name,
            count(group.reached),
            count(group.denominator),
            group.share ? formatOf(finding)(group.share.value) : "too few to say",
            group.share
              ? `${formatOf(finding)(group.share.lower)} and ${formatOf(finding)(group.share.upper)}`
              : "–",
          ])}
        />
      </Figure>
      {finding.alsoSeenIn.length > 0 && (
        <details class="nhsuk-details">
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">
              {counted(finding.alsoSeenIn.length, "other group")} in which the same gap shows
            </span>
          </summary>
          <div class="nhsuk-details__text">
            <p>They have no gap of their own once this one is allowed for.</p>
            <ul class="nhsuk-list nhsuk-list--bullet">
              {finding.alsoSeenIn.map((cut) => (
                <li>{cutName(cut, characteristics)}</li>
              ))}
            </ul>
          </div>
        </details>
      )}
      {finding.gradient && (
        <GradientSection
          gradient={finding.gradient}
          rate={finding.measure === "rate"}
          frame={frame}
        />
      )}
      <section id="pinned" aria-labelledby="pinned-heading">
        <h2 class="nhsuk-heading-m" id="pinned-heading">
          {pinned === undefined ? "Pin this finding" : "Pinned, with your note"}
        </h2>
        <PinForm
          frame={frame}
          action={viewAddress(`/found/${encodeURIComponent(finding.id)}/pin`, {
            selection: view.selection,
          })}
          id="note"
          note={pinned ?? ""}
          save={pinned === undefined ? "Pin with this note" : "Save note"}
        />
        {pinned !== undefined && (
          <p class="nhsuk-body">
            <a href="/pins">All pinned findings</a>
          </p>
        )}
      </section>
      <HowMade finding={finding} report={report} frame={frame} />
      <Thread
        current="found"
        view={view}
        cut={finding.cut}
        step={finding.step}
        finding={finding.id}
      />
      <h2 class="nhsuk-heading-m">Look further</h2>
      <ul class="nhsuk-list nhsuk-list--bullet">
        <li>
          <a href={viewAddress("/reach", { by: first, selection: view.selection })}>
            Every step of the pathway by {cutLabel({ [first]: "" }, characteristics).toLowerCase()}
          </a>
        </li>
        <li>
          <a href={viewAddress("/waits", { by: first, selection: view.selection })}>
            Waits by {cutLabel({ [first]: "" }, characteristics).toLowerCase()}
          </a>
        </li>
        <li>
          <a
            href={viewAddress(
              "/compare",
              { selection: view.selection },
              { a: cutValues(finding.cut) },
            )}
          >
            Compare this group with another one
          </a>
        </li>
        <li>
          <a
            href={viewAddress(
              "/over-time",
              { by: first, selection: view.selection },
              { group: finding.cut[first], at: finding.step },
            )}
          >
            This gap over time
          </a>
        </li>
        <li>
          <a href="/quality">How complete these data are</a>
        </li>
      </ul>
    </Layout>
  );
}

const perHundred = (share: number) => (share * 100).toFixed(2);

function formatOf(finding: Finding): (share: number) => string {
  return finding.measure === "rate" ? perHundred : percent;
}

function groupsSentence(finding: Finding, label: string): string {
  const start = label[0]?.toLowerCase() + label.slice(1);
  const format = formatOf(finding);
  return `${format(finding.group.value)} in this group against ${format(finding.others.value)} of ${finding.reference}: ${start}.`;
}

function GradientSection({
  gradient,
  rate,
  frame,
}: {
  gradient: Gradient;
  /** True where the share is a rate for every 100 people. */
  rate: boolean;
  frame: PageFrame;
}) {
  const { slope, relative, bent } = gradient;
  return (
    <section aria-labelledby="gradient-heading">
      <h2 class="nhsuk-heading-m" id="gradient-heading">
        Across all the groups in order
      </h2>
      {isAbsent(slope) ? (
        <p class="nhsuk-body">{slope.message}</p>
      ) : (
        <p class="nhsuk-body">
          From the most to the least deprived end, the share {slope.value >= 0 ? "rises" : "falls"}{" "}
          by <strong>{points(slope.value)} percentage points</strong> (likely {signed(slope.lower)}{" "}
          to {signed(slope.upper)})
          {isAbsent(relative)
            ? "."
            : `; the least deprived end has ${relative.value.toFixed(2)} times the ${rate ? "rate" : "share"} of the most deprived end (likely ${relative.lower.toFixed(2)} to ${relative.upper.toFixed(2)}).`}
        </p>
      )}
      {bent && (
        <p class="nhsuk-body">
          <strong>Read this with care:</strong> the groups do not lie on a straight line, so that
          one number for the slope misleads. Look at the groups themselves.
        </p>
      )}
      <p class="nhsuk-body">
        <MethodLink
          frame={frame}
          pages={["slope-index-of-inequality"]}
          text="How the slope is worked out"
        />
      </p>
    </section>
  );
}
