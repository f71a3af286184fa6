import {
  type BetweenAndWithin,
  likely,
  moreOrFewer,
  type Part,
  type SideInService,
  sentTo,
} from "@taproot/awareness";
import { type Estimate, isAbsent } from "@taproot/statistics";
import { whyPartsChart } from "../charts/why-parts.ts";
import { Figure } from "../components/figure.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import type { WhyStep } from "../server/why-choices.ts";
import { count, percent, signed, signedCount } from "../words/numbers.ts";
import { stepLabel } from "../words/steps.ts";
import { type WhyProps, whyAddress } from "./why-props.ts";

/** Who is sent where, against what happens there. */
export function WhyBetween({ frame, report, choices, view, step }: WhyProps & { step: WhyStep }) {
  const { between: found, leak } = report;
  const part = isAbsent(leak) ? undefined : leak.steps.find((one) => one.step === step);
  const leakPeople = isAbsent(leak) ? 0 : leak.group.people;
  const many = choices.split ? sentTo(choices.split).many : "services";
  return (
    <section aria-labelledby="between">
      <h2 class="nhsuk-heading-m" id="between">
        {stepLabel(step)}: between {many}, or within them?
      </h2>
      {isAbsent(found) ? (
        <p class="nhsuk-body">{found.message}</p>
      ) : (
        <Figure
          id="between-figure"
          sentence={found.sentence}
          draw={(width, sentence) =>
            whyPartsChart(
              [
                { name: "The whole gap at this step", people: turned(found.whole), whole: true },
                { name: `Inside ${many}`, people: turned(found.within) },
                { name: `Between ${many}`, people: turned(found.between) },
              ],
              { axis: "People fewer than if they fared alike →", words: ["fewer", "more"] },
              width,
              sentence,
            )
          }
          reading={`Inside: people sent to the same place do not fare alike there. Between: the group is sent to other ${many} than the others, where everyone fares worse or better. The two bars add up to the whole; the thin line is where each is likely to lie.`}
          csv={whyAddress(view, choices, "/why/between.csv")}
          method={
            <MethodLink frame={frame} pages={["kitagawa"]} text="How it is split (Kitagawa)" />
          }
        >
          <PartsTable
            id="between-parts"
            caption="The two parts"
            rows={[
              [`Inside ${many}`, found.within],
              [`Between ${many}`, found.between],
              ["The whole gap at this step", found.whole],
            ]}
          />
          <ServicesTable found={found} />
        </Figure>
      )}
      {!isAbsent(found) && part && (
        <p class="nhsuk-body">
          Two ways of counting: {moreOrFewer(found.whole.people.value)} is among the{" "}
          {count(found.group.denominator)} of this group who are settled at this step. Its part of
          the whole gap above, {moreOrFewer(part.people.value)}, is among all {count(leakPeople)}{" "}
          and counts only those who would have gone on to the end.
        </p>
      )}
    </section>
  );
}

/** Fewer people points right: it is the question. */
export function turned({ people }: Part): Estimate {
  return { value: -people.value, lower: -people.upper, upper: -people.lower };
}

/** Parts of a gap in points and in people. */
export function PartsTable({
  id,
  caption,
  rows,
}: {
  id: string;
  caption: string;
  rows: readonly (readonly [name: string, part: Part])[];
}) {
  return (
    <Table
      id={id}
      caption={caption}
      columns={[
        { heading: "Part" },
        { heading: "Points", numeric: true },
        { heading: "People", numeric: true },
        { heading: "Likely", numeric: true },
      ]}
      rows={rows.map(([name, { points, people }]) => [
        name,
        <>
          {signed(points.value, decimalsOf(points))}
          <small class="cell-note">
            {signed(points.lower, decimalsOf(points))} to {signed(points.upper, decimalsOf(points))}
          </small>
        </>,
        signedCount(people.value),
        likely(people).replace(/^likely /, ""),
      ])}
    />
  );
}

/** Enough decimals that a narrow interval has two ends. */
function decimalsOf({ lower, upper }: Estimate): number {
  return Math.max(Math.abs(lower), Math.abs(upper)) < 0.2 ? 2 : 1;
}

/** The most services that the page lists; the file has all. */
const MOST_LISTED = 40;

function ServicesTable({ found }: { found: BetweenAndWithin }) {
  const { one, many } = sentTo(found.by);
  const listed = found.services.slice(0, MOST_LISTED);
  const left = found.services.length - listed.length;
  return (
    <>
      <Table
        id="services-table"
        caption={`By ${one}: who is sent there, and how many get through`}
        columns={[
          { heading: one.charAt(0).toUpperCase() + one.slice(1) },
          { heading: "Of this group, sent here", numeric: true },
          { heading: "Of those compared with", numeric: true },
          { heading: "Gets through: this group", numeric: true },
          { heading: "Those compared with", numeric: true },
          { heading: "People, within", numeric: true },
          { heading: "People, between", numeric: true },
        ]}
        rows={listed.map(({ service, group, others, within, between }) => [
          service.name,
          <Sent side={group} />,
          <Sent side={others} />,
          <Reach side={group} />,
          <Reach side={others} />,
          signedCount(within),
          signedCount(between),
        ])}
      />
      {left > 0 && (
        <p class="nhsuk-body-s">
          {count(left)} more {many} are in the file, those to which fewest of the group are sent.
        </p>
      )}
    </>
  );
}

function Sent({ side }: { side: SideInService }) {
  return (
    <>
      {percent(side.sent.value)}
      <small class="cell-note">
        {count(side.sent.reached)} of {count(side.sent.denominator)}
      </small>
    </>
  );
}

function Reach({ side }: { side: SideInService }) {
  if (isAbsent(side.reach)) return <>too few to say</>;
  const { value, lower, upper } = side.reach;
  return (
    <>
      {percent(value)}
      <small class="cell-note">
        {percent(lower)} to {percent(upper)}
      </small>
    </>
  );
}
