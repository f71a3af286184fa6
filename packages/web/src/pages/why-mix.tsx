import { MOST_FAIR } from "@taproot/awareness";
import { isAbsent } from "@taproot/statistics";
import { whyPartsChart } from "../charts/why-parts.ts";
import { Figure } from "../components/figure.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { NOTHING_FAIR, subject, type WhyStep, whyQuery } from "../server/why-choices.ts";
import { selectionField } from "../words/choices.ts";
import { count } from "../words/numbers.ts";
import { stepLabel } from "../words/steps.ts";
import { PartsTable, turned } from "./why-between.tsx";
import { heading } from "./why-form.tsx";
import { type WhyProps, whyAddress } from "./why-props.ts";

/** What goes with age, need and urgency, as far as the person holds these to be fair, and what remains. */
export function WhyMix(props: WhyProps & { step: WhyStep }) {
  const { frame, report, choices, view, step } = props;
  const { mix: found } = report;
  return (
    <section aria-labelledby="mix">
      <h2 class="nhsuk-heading-m" id="mix">
        {stepLabel(step)}: what goes with the mix of people, and what remains?
      </h2>
      {props.offer.fair.length > 0 && <FairForm {...props} />}
      {props.offer.fair.length === 0 ? (
        <p class="nhsuk-body">
          These data hold nothing else in which people could be alike, such as age or urgency.
        </p>
      ) : choices.fair.length === 0 ? (
        <p class="nhsuk-body">Nothing is ticked, so that the whole gap counts as not explained.</p>
      ) : isAbsent(found) ? (
        <p class="nhsuk-body">{found.message}</p>
      ) : (
        <>
          <Figure
            id="mix-figure"
            sentence={found.sentence}
            draw={(width, sentence) =>
              whyPartsChart(
                [
                  { name: "The whole gap at this step", people: turned(found.whole), whole: true },
                  { name: "Remains between people alike", people: turned(found.rest) },
                  ...found.characteristics.map((one) => ({
                    name: `Goes with ${subject(one.characteristic)}`,
                    people: turned(one),
                  })),
                ],
                { axis: "People fewer than if they fared alike →", words: ["fewer", "more"] },
                width,
                sentence,
              )
            }
            reading="What goes with each ticked characteristic, and what remains between people who are alike in all of them. The bars add up to the whole, whatever the order in which the characteristics are allowed for."
            csv={whyAddress(view, choices, "/why/mix.csv")}
            method={
              <MethodLink
                frame={frame}
                pages={["mix-and-rest"]}
                text="How it is split (Kitagawa’s components and Shapley’s value, exact on counts)"
              />
            }
          >
            <PartsTable
              id="mix-table"
              caption="What goes with what"
              rows={[
                ["Remains between people alike", found.rest],
                ["Goes with the mix", found.mix],
                ...found.characteristics.map(
                  (one) => [`— of it, with ${subject(one.characteristic)}`, one] as const,
                ),
                ["The whole gap at this step", found.whole],
              ]}
            />
          </Figure>
          <p class="nhsuk-body">
            <strong>“Goes with” is not “caused by”, and explained is not the same as fair.</strong>{" "}
            If people are judged less urgent because they are worse at being heard, then urgency
            takes up part of the gap and nothing about it is fair.
          </p>
          {found.unmatched.group > 0 && (
            <p class="nhsuk-body">
              People of this group who have nobody alike on the other side:{" "}
              {count(found.unmatched.group)} of {count(found.group.denominator)}. They count as
              going with the mix
              {10 * found.unmatched.group > found.group.denominator
                ? ": too many for these numbers to be leant on. Tick fewer."
                : "."}
            </p>
          )}
        </>
      )}
    </section>
  );
}

/** Ticks for what is held fair; everything else of the address goes along. */
function FairForm({ choices, offer, view }: WhyProps) {
  const along = Object.entries(whyQuery(choices)).filter(([name]) => name !== "fair");
  return (
    <form class="filters" method="get" action="/why#mix" aria-label="Choose what is fair">
      {along.flatMap(([name, values]) =>
        [values ?? []].flat().map((value) => <input type="hidden" name={name} value={value} />),
      )}
      {Object.entries(view.selection).flatMap(([name, groups]) =>
        groups.map((group) => <input type="hidden" name={selectionField(name)} value={group} />),
      )}
      {(view.only ?? []).map((name) => (
        <input type="hidden" name="only" value={name} />
      ))}
      <input type="hidden" name="fair" value={NOTHING_FAIR} />
      <fieldset class="nhsuk-fieldset" aria-describedby="fair-hint">
        <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">
          It is fair that the step depends on
        </legend>
        <div class="nhsuk-hint" id="fair-hint">
          Tick what you hold to be a good reason for a difference, such as need. At most {MOST_FAIR}
          . You decide; the data cannot.
        </div>
        <div class="nhsuk-checkboxes nhsuk-checkboxes--small why__ticks">
          {offer.fair.map((name) => (
            <div class="nhsuk-checkboxes__item">
              <input
                class="nhsuk-checkboxes__input"
                type="checkbox"
                id={`fair-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`}
                name="fair"
                value={name}
                checked={choices.fair.includes(name)}
              />
              <label
                class="nhsuk-label nhsuk-checkboxes__label"
                for={`fair-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`}
              >
                {heading(name)}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit">
        Show
      </button>
    </form>
  );
}
