import { clockWords, type ReferralCohort } from "@taproot/awareness";
import type { Group } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { type DrawnCohort, waitCohortsChart } from "../charts/wait-cohorts.ts";
import { Figure } from "../components/figure.tsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import type { ReferralsAnswer } from "../server/wait-questions.ts";
import { count, counted, percent } from "../words/numbers.ts";
import { QuantileCell, ShareCell } from "./wait-curves-figure.tsx";

interface WaitReferralsFigureProps {
  readonly frame: PageFrame;
  readonly answer: ReferralsAnswer;
  readonly csv: string;
}

/** Each month's or week's referrals: the share seen within the limit, and the week by which half were. */
export function WaitReferralsFigure({ frame, answer, csv }: WaitReferralsFigureProps) {
  const { referrals, whose } = answer;
  const { cohorts, clock, tooEarly } = referrals;
  const step = referrals.characteristic === "referredWeek" ? "week" : "month";
  const { came, come } = clockWords(clock);
  const method = (page: string) => (
    <MethodLink frame={frame} pages={[page]} text="How this is worked out" />
  );
  const early =
    tooEarly === 0
      ? ""
      : ` For the last ${counted(tooEarly, step)} it is too early to say: not everyone has waited ${clock.limitWeeks} weeks yet.`;
  const medians = cohorts.filter(({ median }) => !isAbsent(median)).length;
  return (
    <>
      <Figure
        id="by-referral"
        sentence={of(whose, referrals.sentence)}
        draw={(width, sentence) =>
          waitCohortsChart(
            cohorts.map(drawn(({ withinLimit }) => withinLimit)),
            {
              axis: `Share who ${came} within ${clock.limitWeeks} weeks`,
              format: percent,
              atLeast: 0.2,
              atMost: 1,
            },
            width,
            sentence,
          )
        }
        reading={`Each dot is ${whose ? "everyone of the group who was" : "everyone"} referred in one ${step}, those of them still waiting included; the line is where the true share is likely to lie. Counting by the ${step} of referral shows a backlog that counting people seen would hide.${early}`}
        csv={csv}
        tableClosed
        method={method("chance-of-being-seen")}
      >
        <Table
          id="by-referral-table"
          caption={`When people ${come}, by ${step} of referral${whose ? `: ${whose.people}` : ""}`}
          columns={[
            { heading: step === "week" ? "Referred in the week of" : "Referred in" },
            { heading: "People", numeric: true },
            { heading: `Within ${clock.limitWeeks} weeks`, numeric: true },
            { heading: "Half by", numeric: true },
            { heading: "Still waiting", numeric: true },
          ]}
          rows={cohorts.map((cohort) => [
            cohort.group.name,
            count(cohort.people),
            isAbsent(cohort.withinLimit) ? (
              absence(cohort.withinLimit.absent)
            ) : (
              <ShareCell share={cohort.withinLimit} />
            ),
            isAbsent(cohort.median) ? (
              absence(cohort.median.absent)
            ) : (
              <QuantileCell quantile={cohort.median} />
            ),
            count(cohort.stillWaiting),
          ])}
        />
      </Figure>
      {medians > 1 && (
        <Figure
          id="median-by-referral"
          sentence={of(whose, mediansSentence(cohorts, came))}
          draw={(width, sentence) =>
            waitCohortsChart(
              cohorts.map(drawn(({ median }) => median)),
              {
                axis: `Weeks by which half ${came}`,
                format: String,
                atLeast: clock.limitWeeks,
                line: { at: clock.limitWeeks, text: `${clock.limitWeeks} weeks` },
              },
              width,
              sentence,
            )
          }
          reading={`Each dot is the week by which half of the people referred in one ${step} ${came}. Where half have not been reached yet, no dot is drawn. The numbers are in the table above.`}
          csv={csv}
          method={method("wait-quantile")}
        />
      )}
    </>
  );
}

/** A sentence about one group says which. */
function of(whose: Group | undefined, sentence: string): string {
  return whose
    ? `Among ${whose.people}: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
    : sentence;
}

const absence = (reason: string) =>
  reason === "notReached" ? "too early to say" : "too few to say";

/** A cohort as the chart wants it. */
function drawn(pick: (cohort: ReferralCohort) => ReferralCohort["withinLimit"]) {
  return (cohort: ReferralCohort): DrawnCohort => {
    const value = pick(cohort);
    return isAbsent(value)
      ? { name: cohort.group.name, tooEarly: value.absent === "notReached" }
      : { name: cohort.group.name, value, tooEarly: false };
  };
}

function mediansSentence(cohorts: readonly ReferralCohort[], came: string): string {
  const known = cohorts.flatMap(({ group, median }) =>
    isAbsent(median) ? [] : [{ group, median }],
  );
  const [first, last] = [known[0]!, known.at(-1)!];
  return `Half of those referred in ${first.group.name} ${came} by week ${Math.floor(first.median.value)}; of those referred in ${last.group.name}, by week ${Math.floor(last.median.value)}.`;
}
