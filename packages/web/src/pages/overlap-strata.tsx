import {
  combinationSentence,
  type OverlapReport,
  type OverlapStratum,
  stratumSentence,
} from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { overlapStrataChart } from "../charts/overlap-strata.ts";
import { CertaintyTag } from "../components/certainty-tag.tsx";
import { Figure } from "../components/figure.tsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { certainty } from "../words/certainty.ts";
import { type View, viewAddress } from "../words/choices.ts";
import { cutName } from "../words/cuts.ts";
import { count, counted, percent, signed, unbroken } from "../words/numbers.ts";
import { measureLabel } from "../words/steps.ts";

interface StrataProps {
  readonly frame: PageFrame;
  readonly report: OverlapReport;
  readonly view: View;
  readonly characteristics: readonly Characteristic[];
  /** Every group in the table, not only the first. */
  readonly all: boolean;
  readonly csv: string;
  readonly allHref: string;
}

/** Rows of the picture: those that miss most people, those that miss fewest, and between them those that stand out. */
const MOST_MISSED = 12;
const LEAST_MISSED = 6;
/** Rows of the table before a person asks for all. */
const FIRST_ROWS = 20;

/** The answer: how much is the sum of the parts, who stands out beyond them, who is not among those compared. */
export function OverlapAnswer({ frame, report }: Pick<StrataProps, "frame" | "report">) {
  const { strata, small, combinations, standOut, step } = report;
  const groups = strata.length + small.strata;
  const named = [
    ...combinations.map((one) => ({ sentence: combinationSentence(one, step), q: one.q })),
    ...standOut.map((one) => ({ sentence: stratumSentence(one, step), q: one.q })),
  ];
  return (
    <section class="answer" aria-labelledby="answer-heading">
      <h2 class="answer__heading" id="answer-heading">
        Do disadvantages that meet weigh more than each alone?
      </h2>
      <p class="answer__sentence">{unbroken(report.sentence)}</p>
      {named.length > 0 ? (
        <>
          <p class="nhsuk-body">Beyond what their parts add up to:</p>
          <ul class="nhsuk-list nhsuk-list--bullet">
            {named.map(({ sentence, q }) => (
              <li>
                {unbroken(sentence)} <CertaintyTag certainty={certainty(q, groups)} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p class="nhsuk-body">{unbroken(report.standOutSentence)}</p>
      )}
      <p class="nhsuk-body">{unbroken(report.betweenSentence)}</p>
      <p class="nhsuk-body">
        {unbroken(report.leftOutSentence)}{" "}
        <MethodLink frame={frame} pages={["maihda"]} text="How the difference is split" />
        {" · "}
        <MethodLink
          frame={frame}
          pages={["outstanding-combinations", "outstanding-strata"]}
          text="How groups that stand out are found"
        />
      </p>
    </section>
  );
}

/** Every group of the crossing: the picture of those that miss most and fewest people, and the table of all. */
export function OverlapStrata(props: StrataProps) {
  const { frame, report, view, characteristics, all, csv, allHref } = props;
  const { strata, small, share } = report;
  const { drawn, left } = rowsDrawn(strata);
  const rows = all ? strata : strata.slice(0, FIRST_ROWS);
  return (
    <>
      <h2 class="nhsuk-heading-m">Each group, by people missed</h2>
      <Figure
        id="strata"
        sentence={strataSentence(report, characteristics)}
        draw={(width, sentence) =>
          overlapStrataChart(
            drawn.map((one) => ({
              name: cutName(one.cut, characteristics),
              share: one.share,
              expected: one.expected,
              people: one.denominator,
              standsOut: one.standsOut,
            })),
            {
              axis: axisLabel(report),
              everyone: share,
              ...(left > 0 ? { left: { groups: left, after: MOST_MISSED } } : {}),
            },
            width,
            sentence,
          )
        }
        reading="Each dot is a group’s share, with strength borrowed from groups that share its parts; the line is where the true share is likely to lie. The upright bar is what its parts add up to. A diamond stands out beyond its parts and is shown at its own share, because then other groups say little about it. The dashed line is everyone compared."
        method={<MethodLink frame={frame} pages={["maihda"]} text="How this is worked out" />}
        csv={csv}
      >
        <Table
          id="strata-table"
          caption={`${axisLabel(report)}: groups by people missed${rows.length < strata.length ? `, the first ${rows.length} of ${strata.length}` : ""}`}
          columns={[
            { heading: "Group" },
            { heading: "Missed", numeric: true },
            { heading: "People", numeric: true },
            { heading: "As counted", numeric: true },
            { heading: "Likely share", numeric: true },
            { heading: "Sum of its parts", numeric: true },
            { heading: "Points beyond its parts", numeric: true },
          ]}
          rows={rows.map((one) => [
            <>
              <a
                href={viewAddress(
                  "/why",
                  { selection: view.selection },
                  { by: Object.keys(one.cut), group: Object.values(one.cut), step: report.step },
                )}
              >
                {cutName(one.cut, characteristics)}
              </a>
              {one.standsOut && <strong> (stands out)</strong>}
            </>,
            <>
              {missedWords(one.missed.value)}
              <small class="cell-note">
                {count(one.missed.lower)} to {count(one.missed.upper)}
              </small>
            </>,
            count(one.denominator),
            <>
              {percent(one.raw.value)}
              <small class="cell-note">{count(one.reached)} reached</small>
            </>,
            <>
              {percent(one.share.value)}
              <small class="cell-note">
                {percent(one.share.lower)} to {percent(one.share.upper)}
              </small>
            </>,
            percent(one.expected),
            <>
              {signed(one.excess.value)}
              <small class="cell-note">
                {signed(one.excess.lower)} to {signed(one.excess.upper)}
              </small>
            </>,
          ])}
        />
      </Figure>
      {rows.length < strata.length && (
        <p class="nhsuk-body">
          <a href={allHref}>Show all {count(strata.length)} groups</a>
        </p>
      )}
      {report.step === "wait" && (
        <p class="nhsuk-body">
          Waits are counted from referral, of those accepted where acceptance is recorded. People
          are those followed until they were seen, left or had waited {report.horizonWeeks} weeks;
          they stand for those referred too lately to know.
        </p>
      )}
      <p class="nhsuk-body">
        <strong>Missed</strong> is how many more people would have been reached at the share of
        everyone compared; a minus means fewer.
        {small.strata > 0 &&
          ` ${counted(small.strata, "group")} of under 10 people (${count(small.people)} people in all) ${small.strata === 1 ? "helps" : "help"} the sums but ${small.strata === 1 ? "is" : "are"} too small to say anything about.`}
      </p>
    </>
  );
}

function missedWords(value: number): string {
  return count(Math.round(value) === 0 ? 0 : value);
}

/** What a share is a share of. */
export function axisLabel({ step, horizonWeeks }: Pick<OverlapReport, "step" | "horizonWeeks">) {
  return step === "wait"
    ? measureLabel("seenBy", "wait", horizonWeeks)
    : measureLabel("reach", step);
}

function rowsDrawn(strata: readonly OverlapStratum[]) {
  if (strata.length <= MOST_MISSED + LEAST_MISSED) return { drawn: strata, left: 0 };
  const first = strata.slice(0, MOST_MISSED);
  const last = strata.slice(-LEAST_MISSED);
  const between = strata.slice(MOST_MISSED, -LEAST_MISSED).filter((one) => one.standsOut);
  return {
    drawn: [...first, ...between.slice(0, LEAST_MISSED), ...last],
    left: strata.length - first.length - last.length - Math.min(between.length, LEAST_MISSED),
  };
}

function strataSentence(
  { strata, share }: OverlapReport,
  characteristics: readonly Characteristic[],
): string {
  const [first] = strata;
  if (!first || first.missed.value < 0.5)
    return `${percent(share)} of everyone compared reached this; no group misses people against that.`;
  return `Most people are missed among ${cutName(first.cut, characteristics)}: ${count(first.missed.value)} of ${count(first.denominator)} (likely ${count(first.missed.lower)} to ${count(first.missed.upper)}), against the ${percent(share)} of everyone compared.`;
}
