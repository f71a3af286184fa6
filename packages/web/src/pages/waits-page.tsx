import type { Characteristic, Clock } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { allOptions, Filters, Select } from "../components/filters.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { Thread } from "../components/thread.tsx";
import {
  ordinary,
  type ReferralsAnswer,
  type WaitsAnswers,
  type WaitsChoices,
  waitsParameters,
} from "../server/wait-questions.ts";
import { type View, viewAddress } from "../words/choices.ts";
import { clockInWords, clockNote } from "../words/clocks.ts";
import { labelOf } from "../words/cuts.ts";
import { count, unbroken } from "../words/numbers.ts";
import { ClockSelect, MoreWaitChoices } from "./wait-choices.tsx";
import { WaitCurvesFigure } from "./wait-curves-figure.tsx";
import { WaitMeansFigure } from "./wait-means-figure.tsx";
import { WaitOverLimitFigure } from "./wait-over-limit-figure.tsx";
import { WaitReferralsFigure } from "./wait-referrals-figure.tsx";

interface WaitsPageProps {
  readonly frame: PageFrame;
  readonly answers: WaitsAnswers;
  /** Undefined where there are no records to count by when people were referred. */
  readonly referrals: ReferralsAnswer | undefined;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
  readonly choices: WaitsChoices;
  /** The clocks whose dates the data hold. */
  readonly clocks: readonly Clock[];
  readonly usualStep: "week" | "month";
  /** How many referrals there are, on this clock or not; undefined for a part of the service. */
  readonly all: number | undefined;
  /** True where the data cannot tell "not yet" from "never". */
  readonly neverUnknown: boolean;
}

/** Waits: who waits longer, when people are seen, who is over the limit now, and how each month's referrals fare. */
export function WaitsPage(props: WaitsPageProps) {
  const { frame, answers, referrals, characteristics, view, choices, clocks, usualStep } = props;
  const { table, means, over } = answers;
  const { clock } = table;
  const name = table.characteristic;
  const label = name ? labelOf(name, characteristics) : undefined;
  const ordered = characteristics.find((one) => one.name === name)?.ordered ?? false;
  const more = waitsParameters(choices);
  const file = (path: string) => viewAddress(path, view, more);
  const some = table.everyone.people > 0;
  const records = frame.data?.kind === "records";
  const note = clockNote(clock);
  const groups = table.groups.map(({ group }) => group.name);
  const choose = { choices, clocks, ownClock: records, usualStep, groups };
  return (
    <Layout
      frame={frame}
      title={label ? `Waits by ${label.toLowerCase()}` : "Waits"}
      current="waits"
    >
      <h1 class="nhsuk-heading-l page-title">Waits: who waits longer, and who is over the limit</h1>
      {choices.problem && (
        <div class="nhsuk-inset-text">
          <span class="nhsuk-u-visually-hidden">Information: </span>
          <p>{choices.problem}</p>
        </div>
      )}
      {some && (
        <section class="answer" aria-labelledby="answer-heading">
          <h2 class="answer__heading" id="answer-heading">
            {`Waits ${clockInWords(clock)}`}
          </h2>
          <p class="answer__sentence">{unbroken(means.sentence)}</p>
          <p>{unbroken(over.sentence)}</p>
          {note && <p>{note}</p>}
        </section>
      )}
      <Filters action="/waits" view={view} characteristics={characteristics}>
        <Select
          name="by"
          label="Compare people by"
          value={view.by ?? name}
          options={allOptions(characteristics)}
        />
        {clocks.length > 0 && <ClockSelect {...choose} />}
        {ordinary(clock) && (
          <Select
            name="of"
            label="Of those"
            value={view.of ?? table.of}
            options={[
              { value: "referred", text: "referred" },
              { value: "accepted", text: "accepted" },
            ]}
          />
        )}
        {records && clocks.length > 0 && <MoreWaitChoices {...choose} />}
      </Filters>
      {some ? (
        <>
          <h2 class="nhsuk-heading-m" id="longer">
            Who waits longer
          </h2>
          <WaitMeansFigure
            frame={frame}
            means={means}
            label={label}
            csv={file("/waits/means.csv")}
          />
          <h2 class="nhsuk-heading-m" id="when">
            By when
          </h2>
          <WaitCurvesFigure
            frame={frame}
            table={table}
            label={label}
            ordered={ordered}
            csv={file("/waits.csv")}
          />
          <h2 class="nhsuk-heading-m" id="now">
            Who is over the limit now
          </h2>
          <WaitOverLimitFigure
            frame={frame}
            over={over}
            label={label}
            asOf={frame.data?.data.asOf}
            csv={file("/waits/over-limit.csv")}
          />
          <h2 class="nhsuk-heading-m" id="over-time">
            By when people were referred
          </h2>
          {referrals ? (
            <WaitReferralsFigure
              frame={frame}
              answer={referrals}
              csv={file("/waits/referrals.csv")}
            />
          ) : (
            <p class="nhsuk-body">
              Only a list of referrals, one row each, says when people were referred.{" "}
              {records ? "Open the list again to see it." : "This is a table of counts."}
            </p>
          )}
          <CareWith {...props} />
        </>
      ) : (
        <NothingToShow sentence={table.sentence} recorded={clocks.length > 0} />
      )}
      <Thread current="where" view={view} step="wait" />
    </Layout>
  );
}

/** What must be known to read these waits rightly. */
function CareWith({ answers, all, neverUnknown }: WaitsPageProps) {
  const { everyone } = answers.table;
  const outside = all === undefined ? 0 : all - everyone.people;
  return (
    <>
      {neverUnknown && (
        <p class="nhsuk-body">
          <strong>Read with care:</strong> these data do not say when people left the list without
          being seen. Some who are counted as still waiting may have left long ago.
        </p>
      )}
      {outside > 0 && (
        <p class="nhsuk-body">
          {count(outside)} of {count(all ?? 0)} referrals are not in these waits: their clock never
          started, or the day on which it started or stopped is not recorded
          {answers.table.of === "accepted" ? ", or they were not accepted" : ""}.
        </p>
      )}
      {!isAbsent(answers.means.horizonWeeks) && (
        <p class="nhsuk-body">
          Days on which a clock was paused are not taken out. A person referred twice is counted
          twice.
        </p>
      )}
    </>
  );
}

function NothingToShow({ sentence, recorded }: { sentence: string; recorded: boolean }) {
  return (
    <div class="nhsuk-inset-text">
      <span class="nhsuk-u-visually-hidden">Information: </span>
      <p>{sentence}</p>
      {recorded ? (
        <p>
          Look at more of the service, or <a href="/waits">at all of it</a>.
        </p>
      ) : (
        <p>
          Waits need a date of referral and a date of first contact for each person, or counts of
          people waiting by weeks waited. <a href="/start">Open a file that has them</a>
        </p>
      )}
    </div>
  );
}
