import type { InstrumentUse, OutcomesTable } from "@taproot/awareness";
import { type Characteristic, NOT_RECORDED } from "@taproot/model";
import { allOptions, Filters, Select } from "../components/filters.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { Thread } from "../components/thread.tsx";
import { type View, viewAddress } from "../words/choices.ts";
import { labelOf, unknownLast } from "../words/cuts.ts";
import { count, unbroken } from "../words/numbers.ts";
import { readingInWords } from "../words/scores.ts";
import { OutcomeChangeFigure } from "./outcome-change-figure.tsx";
import { OutcomeImprovedFigure } from "./outcome-improved-figure.tsx";
import { OutcomeMissingFigure } from "./outcome-missing-figure.tsx";

interface OutcomesPageProps {
  readonly frame: PageFrame;
  readonly table: OutcomesTable;
  readonly instruments: readonly InstrumentUse[];
  /** How many finished for whom no measure is named, where there are several. */
  readonly unnamed: number;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
}

/** Outcomes on one instrument: who gains less, who improves by what matters, and of whom nothing is known. */
export function OutcomesPage(props: OutcomesPageProps) {
  const { frame, table, instruments, unnamed, characteristics, view } = props;
  const name = table.characteristic;
  const label = name ? labelOf(name, characteristics) : undefined;
  const { everyone } = table;
  const several = instruments.length > 1;
  const more = several && table.instrument ? { measure: table.instrument } : {};
  const shared = {
    frame,
    table,
    label,
    rows: table.groups.length > 0 ? unknownLast(table.groups) : [everyone],
    csv: viewAddress("/outcomes.csv", view, more),
  };
  const some = table.scored && (everyone.finished > 0 || everyone.measured > 0);
  return (
    <Layout
      frame={frame}
      title={label ? `Outcomes by ${label.toLowerCase()}` : "Outcomes"}
      current="outcomes"
    >
      <h1 class="nhsuk-heading-l page-title">
        Outcomes: who gets better, and of whom we do not know
      </h1>
      {some && (
        <section class="answer" aria-labelledby="answer-heading">
          <h2 class="answer__heading" id="answer-heading">
            {measureName(table.instrument)}
          </h2>
          <p class="answer__sentence">{unbroken(table.sentences[0] ?? "")}</p>
          {table.sentences.length > 1 && <p>{unbroken(table.sentences.slice(1).join(" "))}</p>}
          <p>{readingInWords(table.reading)}</p>
        </section>
      )}
      <Filters action="/outcomes" view={view} characteristics={characteristics}>
        {several && (
          <Select
            name="measure"
            label="Outcome measure"
            value={table.instrument}
            options={instruments.map(({ instrument, measured }) => ({
              value: instrument,
              text: `${instrument === NOT_RECORDED ? "No measure named" : instrument} (${count(measured)} with both scores)`,
            }))}
          />
        )}
        <Select
          name="by"
          label="Compare people by"
          value={view.by ?? name}
          options={allOptions(characteristics)}
        />
      </Filters>
      {some ? (
        <>
          <h2 class="nhsuk-heading-m">How much people change</h2>
          <OutcomeChangeFigure {...shared} />
          <h2 class="nhsuk-heading-m">Who improves by what matters</h2>
          <OutcomeImprovedFigure {...shared} />
          <h2 class="nhsuk-heading-m">Of whom nothing is known</h2>
          <OutcomeMissingFigure {...shared} />
          <ReadWithCare table={table} several={several} unnamed={unnamed} />
        </>
      ) : (
        <NothingToShow table={table} counts={frame.data?.kind === "counts"} />
      )}
      <Thread current="where" view={view} step="improved" />
    </Layout>
  );
}

function measureName(instrument: string | undefined): string {
  if (instrument === undefined) return "Scores before and after";
  return instrument === NOT_RECORDED
    ? "Scores for which no measure is named"
    : `Scores before and after: ${instrument}`;
}

/** What must be known to read these outcomes rightly, and how the settings are changed. */
function ReadWithCare({
  table,
  several,
  unnamed,
}: {
  table: OutcomesTable;
  several: boolean;
  unnamed: number;
}) {
  const { everyone } = table;
  const stillHere = everyone.measured - (everyone.finished - everyone.unmeasured);
  return (
    <>
      {stillHere > 0 && (
        <p class="nhsuk-body">
          {count(stillHere)} of the {count(everyone.measured)} people with both scores have not
          finished. They are in the mean change, and not among those who improved.
        </p>
      )}
      {several && (
        <p class="nhsuk-body">
          Measures differ in what a point means, so that their changes are never added up.
          {unnamed > 0 &&
            ` For ${count(unnamed)} people who finished no measure is named: of them nothing is known either, and they are in none of these tables.`}
        </p>
      )}
      <p class="nhsuk-body">
        A change is what happened to people, not what the service did for them: some would have got
        better or worse without it. Scores have ends, and who starts near one can change little.
      </p>
      <p class="nhsuk-body">
        Which score is better and the smallest change that matters are yours to set for each
        measure, with their source: <a href="/start">open the file again</a> and change them where
        the columns are checked. They are kept for next month.
      </p>
    </>
  );
}

function NothingToShow({ table, counts }: { table: OutcomesTable; counts: boolean }) {
  return (
    <div class="nhsuk-inset-text">
      <span class="nhsuk-u-visually-hidden">Information: </span>
      <p>{table.sentence}</p>
      {counts ? (
        <p>
          This is a table of counts. Where it counts people who improved,{" "}
          <a href="/reach">reach, step by step,</a> shows their share.
        </p>
      ) : (
        <p>
          Outcomes need a score before and a score after for each person, and the name of the
          measure where there are several. <a href="/start">Open a file that has them</a>
        </p>
      )}
    </div>
  );
}
