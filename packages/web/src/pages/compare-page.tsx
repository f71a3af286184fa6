import type { StepOfTwo, TwoGroups } from "@taproot/awareness";
import type { Characteristic, Cut } from "@taproot/model";
import { type Absent, isAbsent } from "@taproot/statistics";
import { twoGroupsChart } from "../charts/two-groups.ts";
import { Figure } from "../components/figure.tsx";
import { Filters, Select } from "../components/filters.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import { Thread } from "../components/thread.tsx";
import { type View, viewAddress } from "../words/choices.ts";
import { cutName } from "../words/cuts.ts";
import { pointsWithRange } from "../words/estimates.ts";
import { cutValues, groupOptions } from "../words/group-choice.ts";
import { count, percent, points, unbroken } from "../words/numbers.ts";
import { measureLabel, stepLabel } from "../words/steps.ts";

interface ComparePageProps {
  readonly frame: PageFrame;
  readonly compared: TwoGroups | Absent;
  readonly cuts: readonly [Cut, Cut];
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
}

/** Any two groups beside each other, step by step. */
export function ComparePage({ frame, compared, cuts, characteristics, view }: ComparePageProps) {
  const [first, second] = cuts;
  const names = [cutName(first, characteristics), cutName(second, characteristics)] as const;
  return (
    <Layout frame={frame} title="Compare two groups" current="compare">
      <h1 class="nhsuk-heading-l page-title">Compare two groups</h1>
      {isAbsent(compared) ? (
        <div class="nhsuk-inset-text">
          <span class="nhsuk-u-visually-hidden">Information: </span>
          <p>{compared.message}</p>
        </div>
      ) : (
        <p class="answer__sentence">{unbroken(compared.sentence)}</p>
      )}
      <Filters action="/compare" view={view} characteristics={characteristics}>
        <GroupFields name="a" legend="First group" cut={first} characteristics={characteristics} />
        <GroupFields
          name="b"
          legend="Second group"
          cut={second}
          characteristics={characteristics}
        />
      </Filters>
      {!isAbsent(compared) && (
        <Compared
          frame={frame}
          compared={compared}
          names={names}
          csv={viewAddress(
            "/compare.csv",
            { selection: view.selection },
            { a: cutValues(first), b: cutValues(second) },
          )}
        />
      )}
      <Thread current="who" view={view} cut={first} />
    </Layout>
  );
}

function GroupFields({
  name,
  legend,
  cut,
  characteristics,
}: {
  name: string;
  legend: string;
  cut: Cut;
  characteristics: readonly Characteristic[];
}) {
  const options = [{ value: "", text: "Choose a group" }, ...groupOptions(characteristics)];
  const [one, two] = cutValues(cut);
  return (
    <fieldset class="nhsuk-fieldset filters__group">
      <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">{legend}</legend>
      <Select name={name} id={`${name}-1`} label="Group" value={one} options={options} />
      <Select
        name={name}
        id={`${name}-2`}
        label="Who are also (you may leave this out)"
        value={two}
        options={[{ value: "", text: "Anybody" }, ...options.slice(1)]}
      />
    </fieldset>
  );
}

function Compared({
  frame,
  compared,
  names,
  csv,
}: {
  frame: PageFrame;
  compared: TwoGroups;
  names: readonly [string, string];
  csv: string;
}) {
  const { steps, inBoth, wait } = compared;
  const shares = steps.filter(({ measure }) => measure !== "rate");
  return (
    <>
      <p class="nhsuk-body">
        {count(compared.first.referrals)} referrals of {compared.first.people};{" "}
        {count(compared.second.referrals)} of {compared.second.people}.
        {inBoth > 0 && ` ${count(inBoth)} of people who are in both are left out of both.`}
        {isAbsent(wait) ? "" : ` ${waitInWords(wait)}`}
      </p>
      <Figure
        id="two-groups"
        sentence={`The share that gets through each step: ${names[0]} beside ${names[1]}.`}
        draw={(width, sentence) =>
          twoGroupsChart(
            shares.map((row) => ({
              step: labelOfStep(row),
              ...(isAbsent(row.first) ? {} : { first: row.first }),
              ...(isAbsent(row.second) ? {} : { second: row.second }),
            })),
            names,
            width,
            sentence,
          )
        }
        reading="Each mark is the share of those who could go on at that step; the line is where the true share is likely to lie."
        method={
          <MethodLink
            frame={frame}
            pages={["proportion-difference"]}
            text="How a difference is worked out"
          />
        }
        csv={csv}
      >
        <Table
          id="two-groups-table"
          caption="The two groups at each step"
          columns={[
            { heading: "Step" },
            { heading: names[0], numeric: true },
            { heading: names[1], numeric: true },
            { heading: "Difference in points", numeric: true },
            { heading: "People of the first group", numeric: true },
            { heading: "Still open, first and second", numeric: true },
          ]}
          rows={steps.map((row) => [
            measureLabel(row.measure, row.step, row.horizonWeeks),
            shareInTable(row, row.first),
            shareInTable(row, row.second),
            pointsWithRange(row.points, row.measure === "rate" ? 2 : 1),
            pointsWithRange(row.people, 0),
            `${count(row.open[0])} and ${count(row.open[1])}`,
          ])}
        />
      </Figure>
    </>
  );
}

function waitInWords({ horizonWeeks, weeks }: Exclude<TwoGroups["wait"], Absent>): string {
  const end = (value: number) => `${points(value)} ${value < 0 ? "shorter" : "longer"}`;
  return `Counting each wait up to ${horizonWeeks} weeks, the first wait ${points(weeks.value)} weeks ${weeks.value < 0 ? "less" : "longer"} than the second (likely between ${end(weeks.lower)} and ${end(weeks.upper)}).`;
}

function labelOfStep({ step, measure, horizonWeeks }: StepOfTwo): string {
  return measure === "seenBy" ? `Seen within ${horizonWeeks} weeks` : stepLabel(step);
}

function shareInTable({ measure }: StepOfTwo, share: StepOfTwo["first"]) {
  if (isAbsent(share)) return "too few to say";
  const value = measure === "rate" ? (100 * share.value).toFixed(2) : percent(share.value);
  return (
    <>
      {value}
      <small class="cell-note">
        {count(share.reached)} of {count(share.denominator)}
      </small>
    </>
  );
}
