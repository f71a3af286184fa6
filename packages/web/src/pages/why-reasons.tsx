import {
  type LossReasons,
  likely,
  type ReasonStep,
  type ReasonsAtStep,
  reasonName,
  wereLost,
} from "@taproot/awareness";
import { isAbsent } from "@taproot/statistics";
import { whyPartsChart } from "../charts/why-parts.ts";
import { Figure } from "../components/figure.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { count, percent, signed, signedCount } from "../words/numbers.ts";
import { type WhyProps, whyAddress } from "./why-props.ts";

/** The most reasons that one picture holds. */
const MOST_DRAWN = 10;

/** For which reasons the group is declined, or leaves, more often. */
export function WhyReasons(props: WhyProps) {
  const { report } = props;
  // The step that is looked into first; of a wait, who left before it ended.
  const inside = report.step === "wait" ? "seen" : report.step;
  const ordered = [...(report.reasons ?? [])].sort(
    (a, b) => Number(b.step === inside) - Number(a.step === inside),
  );
  return (
    <section aria-labelledby="reasons">
      <h2 class="nhsuk-heading-m" id="reasons">
        Reasons for declining and for leaving
      </h2>
      {!report.reasons ? (
        <p class="nhsuk-body">
          These data are a table of counts. Reasons need one row for each referral, with a column
          for the reason. <a href="/start">Open a file that has them</a>
        </p>
      ) : report.reasonsHeld.length === 0 ? (
        <p class="nhsuk-body">
          This file records no reason for declining and none for leaving. Ask for both when the list
          is next taken from the record system: they say what could be mended.
        </p>
      ) : ordered.length === 0 ? (
        <p class="nhsuk-body">These data do not say who was lost at any step.</p>
      ) : (
        <>
          {ordered.slice(0, 1).map((one) => (
            <ReasonsAtStepOrWhyNot {...props} {...one} />
          ))}
          {ordered.length > 1 && (
            <details class="nhsuk-details">
              <summary class="nhsuk-details__summary">
                <span class="nhsuk-details__summary-text">
                  Reasons at the other steps:{" "}
                  {ordered
                    .slice(1)
                    .map(({ step }) => heading(step).toLowerCase())
                    .join(", ")}
                </span>
              </summary>
              <div class="nhsuk-details__text">
                {ordered.slice(1).map((one) => (
                  <ReasonsAtStepOrWhyNot {...props} {...one} />
                ))}
              </div>
            </details>
          )}
        </>
      )}
    </section>
  );
}

function ReasonsAtStepOrWhyNot({ step, loss, ...props }: WhyProps & ReasonsAtStep) {
  if (!isAbsent(loss)) return <ReasonsAt {...props} loss={loss} />;
  return (
    <>
      <h3 class="nhsuk-heading-s">{heading(step)}</h3>
      <p class="nhsuk-body">{loss.message}</p>
    </>
  );
}

function ReasonsAt({ frame, choices, view, loss }: WhyProps & { loss: LossReasons }) {
  const { step, reasons, noneRecorded } = loss;
  const drawn = reasons.slice(0, MOST_DRAWN);
  const words: readonly [string, string] = ["more", "fewer"];
  if (reasons.length === 0 || noneRecorded)
    return (
      <>
        <h3 class="nhsuk-heading-s">{heading(step)}</h3>
        <p class="nhsuk-body">{loss.sentence}</p>
      </>
    );
  return (
    <>
      <h3 class="nhsuk-heading-s">{heading(step)}</h3>
      <Figure
        id={`reasons-${step}`}
        sentence={loss.sentence}
        draw={(width, sentence) =>
          whyPartsChart(
            [
              { name: "All reasons together", people: loss.more.people, whole: true },
              ...drawn.map((one) => ({ name: reasonName(one), people: one.more.people })),
            ],
            { axis: "People more who are lost than at the others’ rate →", words },
            width,
            sentence,
          )
        }
        reading={`So many more (or fewer) of this group ${wereLost(step)} for each reason than if they had fared like ${loss.words.others}. The bars add up to the whole; the thin line is where each is likely to lie.${drawn.length < reasons.length ? ` The first ${drawn.length} are drawn; the table has all.` : ""}`}
        csv={whyAddress(view, choices, "/why/reasons.csv")}
        method={
          <MethodLink
            frame={frame}
            pages={["proportion-difference"]}
            text="The method of the interval"
          />
        }
        tableClosed
      >
        <Table
          id={`reasons-${step}-table`}
          caption={`Share that ${wereLost(step)}, by reason`}
          columns={[
            { heading: "Reason" },
            { heading: "This group", numeric: true },
            { heading: "Compared with", numeric: true },
            { heading: "Points more", numeric: true },
            { heading: "People more", numeric: true },
          ]}
          rows={[
            ...reasons.map((one) => [reasonName(one), ...cells(one)]),
            [<strong>All reasons together</strong>, ...cells(loss)],
          ]}
        />
      </Figure>
    </>
  );
}

function cells({ group, others, more }: Pick<LossReasons, "group" | "others" | "more">) {
  return [
    <Share share={group} />,
    <Share share={others} />,
    <>
      {signed(more.points.value)}
      <small class="cell-note">
        {signed(more.points.lower)} to {signed(more.points.upper)}
      </small>
    </>,
    <>
      {signedCount(more.people.value)}
      <small class="cell-note">{likely(more.people)}</small>
    </>,
  ];
}

function Share({ share }: { share: LossReasons["group"] }) {
  return (
    <>
      {percent(share.value)}
      <small class="cell-note">
        {count(share.reached)} of {count(share.denominator)}
      </small>
    </>
  );
}

function heading(step: ReasonStep): string {
  switch (step) {
    case "accepted":
      return "Declined";
    case "seen":
      return "Left before being seen";
    case "completed":
      return "Left before completing";
  }
}
