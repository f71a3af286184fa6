import type { Finding, FindingStep } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { Thread } from "../components/thread.tsx";
import type { View } from "../words/choices.ts";
import { cutName } from "../words/cuts.ts";
import { unbroken } from "../words/numbers.ts";
import { ALWAYS, STEP_QUESTIONS } from "../words/step-questions.ts";
import { stepLabel } from "../words/steps.ts";
import { findingAddress } from "./found-page.tsx";

interface NextPageProps {
  readonly frame: PageFrame;
  readonly view: View;
  readonly characteristics: readonly Characteristic[];
  /** The gap that the question is about; none where nothing was found. */
  readonly finding: Finding | undefined;
  readonly others: readonly Finding[];
}

/** What could we do? From the gap to the people who can close it. */
export function NextPage({ frame, view, characteristics, finding, others }: NextPageProps) {
  return (
    <Layout frame={frame} title="What could we do?" current="next">
      <h1 class="nhsuk-heading-l page-title">What could we do?</h1>
      {finding ? (
        <>
          <p class="answer__sentence">
            <a href={findingAddress(finding, view)}>{unbroken(finding.sentence)}</a>
          </p>
          <Questions step={finding.step} />
        </>
      ) : (
        <p class="nhsuk-body">
          No gap stood out here, so there is none to act on yet.{" "}
          <a href="/sure">See how large one would have had to be</a>, and who is not recorded.
        </p>
      )}
      <h2 class="nhsuk-heading-m">Whatever you do</h2>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {ALWAYS.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {finding && (
        <p class="nhsuk-body">
          <a href={`${findingAddress(finding, view)}#pinned`}>Pin this gap with a note</a> of what
          you agreed.
        </p>
      )}
      <div class="nhsuk-inset-text">
        <span class="nhsuk-u-visually-hidden">Information: </span>
        <p>
          Working out what moving staff would do, for everyone and for those who would lose by it,
          is not part of this version of Taproot. It shows whom the service misses, and how sure
          that is.
        </p>
      </div>
      {others.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">The same question for another gap</h2>
          <ul class="nhsuk-list nhsuk-list--bullet">
            {others.map((one) => (
              <li>
                <a href={nextAddress(one, view)}>
                  {stepLabel(one.step)}: {cutName(one.cut, characteristics)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <Thread
        current="next"
        view={view}
        {...(finding ? { cut: finding.cut, step: finding.step, finding: finding.id } : {})}
      />
    </Layout>
  );
}

/** Where one gap's next questions are. */
function nextAddress(finding: Finding, view: View): string {
  const address = findingAddress(finding, view);
  return address.replace("/found/", "/next/");
}

function Questions({ step }: { step: FindingStep }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">What to ask about a gap at this step, and whom</h2>
      <p class="nhsuk-body">
        The data say where people are lost. Why, and what would help, is known to the people
        themselves and to those who meet them.
      </p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {STEP_QUESTIONS[step].map((question) => (
          <li>{question}</li>
        ))}
      </ul>
    </>
  );
}
