import { isSureOfNeed } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import type { NeedAnswer, NeedOfCounts, NeedOfRecords } from "../server/need-answer.ts";
import type { NeedQuestion } from "../server/need-question.ts";
import type { View } from "../words/choices.ts";
import { labelOf } from "../words/cuts.ts";
import { count, unbroken } from "../words/numbers.ts";
import { NeedAreas, type NeedAreasAddresses } from "./need-areas.tsx";
import { NeedCannot } from "./need-cannot.tsx";
import { NeedForm } from "./need-form.tsx";
import { NeedGroups } from "./need-groups.tsx";
import { catchmentSentence, listed, needSentence, tallySentence } from "./need-words.ts";

interface NeedPageProps {
  readonly frame: PageFrame;
  readonly answer: NeedAnswer;
  readonly question: NeedQuestion;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
  readonly outlined: number | undefined;
  readonly groupsCsv: string;
  readonly addresses: NeedAreasAddresses;
}

/** Need: who could need the service and is not referred to it. */
export function NeedPage(props: NeedPageProps) {
  const { frame, answer } = props;
  return (
    <Layout frame={frame} title="Need" current="need">
      <h1 class="nhsuk-heading-l page-title">Need: who is not referred to us</h1>
      {answer.kind === "cannot" ? (
        <NeedCannot obstacle={answer.obstacle} catchment={answer.catchment} />
      ) : (
        <Answered {...props} answer={answer} />
      )}
    </Layout>
  );
}

function Answered(props: NeedPageProps & { readonly answer: NeedOfRecords | NeedOfCounts }) {
  const { frame, answer, question, characteristics, view } = props;
  const { table } = answer;
  const sentences = answerSentences(answer);
  return (
    <>
      <section class="answer" aria-labelledby="answer-heading">
        <h2 class="answer__heading" id="answer-heading">
          {isAbsent(table) ? "These groups cannot be compared" : "Use beside need"}
        </h2>
        <p class="answer__sentence">{unbroken(sentences[0] ?? "")}</p>
        {sentences.slice(1).map((sentence) => (
          <p class="nhsuk-body">{unbroken(sentence)}</p>
        ))}
        {answer.kind === "records" && (
          <p class="nhsuk-body">
            <a href="#need-areas-heading">See where</a>
          </p>
        )}
      </section>
      <NeedForm answer={answer} question={question} characteristics={characteristics} view={view} />
      {answer.kind === "records" && (
        <WhoAndWhere answer={answer} characteristics={characteristics} />
      )}
      {!isAbsent(table) && (
        <>
          <h2 class="nhsuk-heading-m">
            Who is missing, by{" "}
            {table.by === "deprivation"
              ? "deprivation"
              : labelOf(table.by, characteristics).toLowerCase()}
          </h2>
          <NeedGroups
            frame={frame}
            table={table}
            characteristics={characteristics}
            csv={props.groupsCsv}
            added={answer.kind === "counts" && answer.periods > 1}
          />
          <Cautions answer={answer} by={table.by} kindsBy={table.kindsBy} />
        </>
      )}
      {answer.kind === "records" && (
        <>
          <NeedAreas
            frame={frame}
            byArea={answer.byArea}
            levels={answer.levels}
            profiles={answer.profiles}
            order={question.order}
            page={question.areasPage}
            outlined={props.outlined}
            addresses={props.addresses}
          />
          <Sources answer={answer} />
        </>
      )}
      <p class="nhsuk-body">
        <MethodLink
          frame={frame}
          pages={["standardised-inequity"]}
          text="How the lean across deprivation is worked out"
        />
      </p>
    </>
  );
}

/** The answer first: the group that is surely missing most; else where fewer are referred; then the rest. */
function answerSentences(answer: NeedOfRecords | NeedOfCounts): readonly string[] {
  const { table, inequity } = answer;
  const groups = isAbsent(table) ? table.message : table.sentence;
  const lean = inequity ? [inequity.sentence] : [];
  if (answer.kind === "counts") return [groups, ...lean];
  const { byArea } = answer;
  const missing =
    isAbsent(table) ||
    table.rows.some((row) => isSureOfNeed(row) && !isAbsent(row.use) && row.use.value > 0);
  return missing || byArea.fewer === 0 || !byArea.areasDiffer
    ? [groups, ...lean, byArea.sentence]
    : [byArea.sentence, groups, ...lean];
}

function WhoAndWhere({
  answer,
  characteristics,
}: {
  answer: NeedOfRecords;
  characteristics: readonly Characteristic[];
}) {
  const { need, choices, byArea, catchment, tally, notNarrowed } = answer;
  const people = byArea.areas.reduce((sum, area) => sum + area.people, 0);
  const vintages = [...new Set(answer.sources.map(({ vintage }) => vintage))];
  return (
    <section class="need-who" aria-label="Who and where">
      <p class="nhsuk-body">
        {needSentence(need, choices, people, { tables: vintages })} {catchmentSentence(catchment)}
      </p>
      <p class="nhsuk-body">{tallySentence(tally)}</p>
      {catchment.notFound.length > 0 && (
        <p class="nhsuk-body">
          <strong>Not found:</strong> {listed(catchment.notFound)}. Give a district or board by its
          full name or code, or a small area by its code.
        </p>
      )}
      {catchment.unmatched > 0 && (
        <p class="nhsuk-body">
          {count(catchment.unmatched)} area codes of these referrals are in no place data that was
          added.
        </p>
      )}
      {notNarrowed.length > 0 && (
        <p class="nhsuk-body">
          <strong>Read with care:</strong> a population cannot be narrowed by{" "}
          {listed(notNarrowed.map((name) => labelOf(name, characteristics).toLowerCase()))}, so this
          page shows everybody.
        </p>
      )}
    </section>
  );
}

/** What the numbers do not allow for. */
function Cautions({
  answer,
  by,
  kindsBy,
}: {
  answer: NeedOfRecords | NeedOfCounts;
  by: string;
  kindsBy: readonly string[];
}) {
  const allowed = kindsBy.length > 0 ? kindsBy.join(" and ") : undefined;
  return (
    <ul class="nhsuk-list nhsuk-list--bullet need-cautions">
      <li>
        Expected referrals are what this service’s own rates would give{" "}
        {allowed ? `at each ${allowed}` : "if everybody were referred alike"}. If everyone is
        referred too seldom, that is not seen here.
      </li>
      {by === "age" || by === "sex" ? (
        <li>Need itself differs by {by}: a difference here need not be unfair.</li>
      ) : kindsBy.includes("age") ? (
        <li>Need that differs for other reasons than {allowed} is not allowed for.</li>
      ) : (
        <li>
          Ages are not allowed for, because the population{" "}
          {answer.kind === "records"
            ? "of these groups was not counted by age"
            : "is not given by age"}
          . Where the service is mostly for older people, a younger group looks as if it were
          referred too seldom.
        </li>
      )}
      <li>
        These are referrals: somebody who is referred twice counts twice.
        {answer.kind === "records" &&
          answer.spread > 1 &&
          ` The likely ranges allow for it: the number of referrals varies ${answer.spread.toFixed(1)} times as much as if everyone came once.`}
      </li>
    </ul>
  );
}

function Sources({ answer }: { answer: NeedOfRecords }) {
  return (
    <details class="nhsuk-details need-sources">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">Where the populations are from</span>
      </summary>
      <div class="nhsuk-details__text">
        <ul class="nhsuk-list nhsuk-list--bullet">
          {answer.sources.map(({ title, publisher, vintage }) => (
            <li>
              {title}, {publisher}, {vintage}
            </li>
          ))}
        </ul>
        {answer.notes.map((note) => (
          <p>{note}</p>
        ))}
        <p>
          A population is that of one day. Referrals are of the whole period, and rates are for
          every 1,000 people a year.
        </p>
      </div>
    </details>
  );
}
