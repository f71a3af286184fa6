import {
  DO_AT_END,
  type Leak,
  type LeakAtStep,
  LOST_WHERE,
  likely,
  ofHundred,
} from "@taproot/awareness";
import { STEP_LABEL } from "@taproot/model";
import { whyWaterfallChart } from "../charts/why-waterfall.ts";
import { Figure } from "../components/figure.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { count, percent, signed, signedCount } from "../words/numbers.ts";
import { stepLabel } from "../words/steps.ts";
import { type WhyProps, whyAddress } from "./why-props.ts";

/** Where the leak is: the gap from one end of the pathway to the other, step by step. */
export function WhyLeak({ frame, leak, choices, units, view }: WhyProps & { leak: Leak }) {
  const { words, group, others, steps, from, to } = leak;
  const decimals = Math.max(group.rate, others.rate) < 0.05 ? 2 : 1;
  const open = group.open + others.open;
  return (
    <section aria-labelledby="leak">
      <h2 class="nhsuk-heading-m" id="leak">
        Where the leak is
      </h2>
      <Figure
        id="leak-figure"
        sentence={leak.sentence}
        draw={(width, sentence) =>
          whyWaterfallChart(
            {
              start: { name: capital(short(words.others)), value: 100 * others.rate },
              end: { name: "This group", value: 100 * group.rate },
              steps: steps.map(({ step, points }) => ({ name: STEP_LABEL[step], points })),
              axis: `Of every 100 ${from === "needed" ? "who could need the service" : "referred"}, how many ${DO_AT_END[to]}`,
              decimals,
            },
            width,
            sentence,
          )
        }
        reading="Read from the top: the circle is those compared with, each bar is what one step takes off or adds, and the diamond is this group. The thin line is where the end of a bar is likely to lie. The parts add up to the whole, whatever the order of the steps."
        csv={whyAddress(view, choices, "/why/steps.csv")}
        method={
          <MethodLink frame={frame} pages={["pathway-leak"]} text="How the parts are worked out" />
        }
      >
        <Table
          id="leak-table"
          caption="Step by step"
          columns={[
            { heading: "Step" },
            { heading: "This group", numeric: true },
            { heading: "Compared with", numeric: true },
            { heading: "Part in points", numeric: true },
            { heading: "Part in people", numeric: true },
          ]}
          rows={[
            ...steps.map((step) => [
              step.step === "referred" ? (
                stepLabel(step.step)
              ) : (
                <a href={`${whyAddress(view, { ...choices, step: step.step })}#between`}>
                  {stepLabel(step.step)}
                </a>
              ),
              <Side side={step.group} step={step} />,
              <Side side={step.others} step={step} />,
              <>
                {signed(step.points.value, decimals)}
                <small class="cell-note">
                  {signed(step.points.lower, decimals)} to {signed(step.points.upper, decimals)}
                </small>
              </>,
              <>
                {signedCount(step.people.value)}
                <small class="cell-note">{likely(step.people)}</small>
              </>,
            ]),
            [
              <strong>All steps</strong>,
              <>
                {ofHundred(group.rate)} of 100
                <small class="cell-note">{count(group.people)} people</small>
              </>,
              <>
                {ofHundred(others.rate)} of 100
                <small class="cell-note">{count(others.people)} people</small>
              </>,
              <>
                {signed(leak.points.value, decimals)}
                <small class="cell-note">
                  {signed(leak.points.lower, decimals)} to {signed(leak.points.upper, decimals)}
                </small>
              </>,
              <>
                {signedCount(leak.people.value)}
                <small class="cell-note">{likely(leak.people)}</small>
              </>,
            ],
          ]}
        />
      </Figure>
      {open > 0 && (
        <p class="nhsuk-body">
          {count(open)} referrals are still open: awaiting a decision, waiting
          {to === "improved" ? ", in treatment or not measured twice" : " or in treatment"}. They
          are neither reached nor lost. The numbers say what would come of everyone once those fare
          as the ones that are settled did.
        </p>
      )}
      {leak.openCountsAsLost.length > 0 && (
        <p class="nhsuk-body">
          <strong>Read with care:</strong> at the step{" "}
          {leak.openCountsAsLost.map((step) => STEP_LABEL[step].toLowerCase()).join(" and ")} these
          data cannot tell “not yet” from “never”. There, referrals that are still open count as
          lost.
        </p>
      )}
      {leak.stoppedBefore && (
        <p class="nhsuk-body">
          The pathway is followed as far as “{STEP_LABEL[to].toLowerCase()}”. Too few are settled{" "}
          {LOST_WHERE[leak.stoppedBefore]} to go on.
        </p>
      )}
      {leak.unknown > 0 && (
        <p class="nhsuk-body">
          {count(leak.unknown)} referrals are on neither side, because what decides it is not
          recorded. <a href="/quality">How complete these data are</a>
        </p>
      )}
      {units && (
        <p class="nhsuk-body">
          <strong>Read with care:</strong> these data are counts of organisations or areas that
          differ among themselves. The intervals on this page allow for chance between people only,
          and are too narrow.
        </p>
      )}
    </section>
  );
}

function Side({ side, step }: { side: LeakAtStep["group"]; step: LeakAtStep }) {
  const { share, open } = side;
  return (
    <>
      {step.step === "referred"
        ? `${(100 * share.value).toFixed(2)} per 100`
        : percent(share.value)}
      <small class="cell-note">
        {count(share.reached)} of {count(share.denominator)}
        {open > 0 ? `; ${count(open)} open` : ""}
      </small>
    </>
  );
}

/** Words that fit beside a picture. */
function short(words: string): string {
  return words.length > 34 ? "those compared with" : words;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
