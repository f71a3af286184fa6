import {
  DO_AT_END,
  isSure,
  type Leak,
  type LossReason,
  likely,
  moreOrFewer,
  sentTo,
  whyAnswer,
} from "@taproot/awareness";
import { isAbsent } from "@taproot/statistics";
import { Layout } from "../components/layout.tsx";
import { Thread } from "../components/thread.tsx";
import { subject } from "../server/why-choices.ts";
import type { WhyReport } from "../server/why-report.ts";
import { cutLabel } from "../words/cuts.ts";
import { unbroken } from "../words/numbers.ts";
import { stepLabel } from "../words/steps.ts";
import { WhyBetween } from "./why-between.tsx";
import { WhyForm } from "./why-form.tsx";
import { WhyLeak } from "./why-leak.tsx";
import { WhyMix } from "./why-mix.tsx";
import type { WhyProps } from "./why-props.ts";
import { WhyReasons } from "./why-reasons.tsx";

/** Why one group gets less far than another: the answer in a sentence, then each part of it with its picture and table. */
export function WhyPage(props: WhyProps) {
  const { frame, report, choices, characteristics, view } = props;
  const { leak, between, mix } = report;
  const reason = largestReason(report);
  return (
    <Layout frame={frame} title={`Why: ${cutLabel(choices.cut, characteristics)}`} current="why">
      <h1 class="nhsuk-heading-l page-title">
        <span class="nhsuk-caption-l">Why · {cutLabel(choices.cut, characteristics)}</span>
        {unbroken(question(leak))}
      </h1>
      {isAbsent(leak) ? (
        <div class="nhsuk-inset-text">
          <span class="nhsuk-u-visually-hidden">Information: </span>
          <p>{leak.message}</p>
          <p>
            {leak.absent === "tooFew"
              ? "Choose a larger group, another step, or clear the part of the service that is looked at."
              : "Where a gap arises needs dates, or counts, of people accepted, seen, completed or improved."}{" "}
            <a href="/found">See what these data show</a> or <a href="/start">open another file</a>.
          </p>
        </div>
      ) : (
        <section class="answer" aria-labelledby="answer-heading">
          <h2 class="answer__heading" id="answer-heading">
            The short answer
          </h2>
          <p class="answer__sentence">{unbroken(whyAnswer(leak))}</p>
          <ul class="nhsuk-list nhsuk-list--bullet">
            {!isAbsent(between) && between.horizonWeeks !== undefined && (
              <li>
                Waiting: {moreOrFewer(between.whole.people.value)} had been seen within{" "}
                {between.horizonWeeks} weeks than at the rate of {leak.words.others} (
                {likely(between.whole.people)}).
              </li>
            )}
            {!isAbsent(between) && isSure(between.whole.people) && between.services.length > 1 && (
              <li>
                {stepLabel(between.step)}:{" "}
                {unbroken(shareOfPart(between.within.people, between.whole.people))}{" "}
                <a href="#between">arises inside {sentTo(between.by).many}</a>, not from{" "}
                {differentPlaces(between.by)}.
              </li>
            )}
            {!isAbsent(mix) && isSure(mix.whole.people) && (
              <li>
                {stepLabel(mix.step)}: {unbroken(shareOfPart(mix.rest.people, mix.whole.people))}{" "}
                <a href="#mix">remains between people alike</a> in{" "}
                {inOneSentence(mix.fair.map(subject))}.
              </li>
            )}
            {reason && (
              <li>
                The reason that makes the largest difference there is{" "}
                <a href="#reasons">“{reason.reason}”</a>: {moreOrFewer(reason.more.people.value)}{" "}
                for this reason ({likely(reason.more.people)}).
              </li>
            )}
          </ul>
          <p class="nhsuk-body-s why__careful">
            This splits a difference. It does not say what caused it.
          </p>
        </section>
      )}
      <WhyForm {...props} />
      {!isAbsent(leak) && <WhyLeak {...props} leak={leak} />}
      {report.step && (
        <>
          <WhyBetween {...props} step={report.step} />
          <WhyMix {...props} step={report.step} />
        </>
      )}
      <WhyReasons {...props} />
      <Thread
        current="why"
        view={view}
        cut={choices.cut}
        {...(report.step ? { step: report.step } : {})}
      />
    </Layout>
  );
}

/** "Nearly all of the gap", "about half": what part of the whole arises, in words that do not claim more than is known. */
function shareOfPart(
  part: { readonly value: number; readonly lower: number; readonly upper: number },
  whole: { readonly value: number; readonly lower: number; readonly upper: number },
): string {
  if (!isSure(whole)) return "there is no sure gap at this step, so that no part of one";
  const share = part.value / whole.value;
  const size =
    share > 1.05
      ? "more than the whole gap"
      : share >= 0.9
        ? "nearly all of the gap"
        : share >= 0.6
          ? "most of the gap"
          : share >= 0.4
            ? "about half of the gap"
            : share >= 0.1
              ? "a smaller part of the gap"
              : share > -0.05
                ? "next to none of the gap"
                : "none of the gap, rather the opposite,";
  return isSure(part) ? size : `${size} (which could be chance)`;
}

/** The recorded reason at the step looked into that surely makes most of the difference. */
function largestReason({ reasons, step }: WhyReport): LossReason | undefined {
  const loss = reasons?.find((one) => one.step === step)?.loss;
  if (!loss || isAbsent(loss)) return undefined;
  return loss.reasons.find(
    ({ none, more }) => none === undefined && more.people.value > 0 && isSure(more.people),
  );
}

function differentPlaces(by: string): string {
  return by === "source" ? "who referred them" : `going to different ${sentTo(by).many}`;
}

function inOneSentence(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? "")
    : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function question(leak: WhyReport["leak"]): string {
  if (isAbsent(leak)) return "Why the group gets less far";
  const { words, to, people }: Leak = leak;
  const whom = words.others === "everyone else" ? "" : ` than ${words.others}`;
  return isSure(people)
    ? `Why do ${people.value < 0 ? "fewer" : "more"} ${words.group} ${DO_AT_END[to]}${whom}?`
    : `Where do ${words.group} fare differently${whom && ` from ${words.others}`}?`;
}
