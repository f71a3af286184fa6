import type { Accumulation, Disadvantages, OverlapReport, OverlapStep } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { type Absent, isAbsent } from "@taproot/statistics";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { Thread } from "../components/thread.tsx";
import { type View, viewAddress } from "../words/choices.ts";
import { labelOf } from "../words/cuts.ts";
import { AddingUp } from "./overlap-adding-up.tsx";
import {
  CrossingChoices,
  DisadvantageChoices,
  type OverlapChoice,
  overlapAddress,
} from "./overlap-choices.tsx";
import { crossable, overlapStepLabel } from "./overlap-crossing.tsx";
import { OverlapAnswer, OverlapStrata } from "./overlap-strata.tsx";

interface OverlapPageProps {
  readonly frame: PageFrame;
  readonly view: View;
  readonly choice: OverlapChoice;
  readonly steps: readonly OverlapStep[];
  readonly characteristics: readonly Characteristic[];
  /** How the groups of the crossing differ, or why nothing can be said. */
  readonly report: OverlapReport | Absent;
  /** Undefined where nothing counts as a disadvantage. */
  readonly accumulation: Accumulation | undefined;
  readonly usual: Disadvantages;
}

/** Where disadvantages overlap, and what happens as they add up. */
export function OverlapPage(props: OverlapPageProps) {
  const { frame, view, choice, steps, characteristics, report, accumulation, usual } = props;
  // Whom the thread goes on with: who stands out, or else who misses most.
  const focus = isAbsent(report)
    ? undefined
    : (report.combinations[0] ?? report.standOut[0] ?? report.strata[0]);
  const address = (path: string) => overlapAddress(path, view, choice, characteristics);
  return (
    <Layout frame={frame} title="Where disadvantages overlap" current="overlap">
      <h1 class="nhsuk-heading-l page-title">Where disadvantages overlap</h1>
      <CrossingChoices
        view={view}
        choice={choice}
        steps={steps}
        characteristics={characteristics}
      />
      {choice.added.length > 0 && (
        <p class="nhsuk-body">
          {listed(choice.added.map((name) => labelOf(name, characteristics)))}{" "}
          {choice.added.length === 1 ? "was" : "were"} added to make enough groups to compare.
        </p>
      )}
      {isAbsent(report) ? (
        <CannotSay
          reason={report}
          view={view}
          choice={choice}
          steps={steps}
          characteristics={characteristics}
        />
      ) : (
        <>
          <OverlapAnswer frame={frame} report={report} />
          <OverlapStrata
            frame={frame}
            report={report}
            view={view}
            characteristics={characteristics}
            all={view.all}
            csv={address("/overlap.csv")}
            allHref={`${address("/overlap")}&show=all#strata`}
          />
        </>
      )}
      <h2 class="nhsuk-heading-m" id="adding-up">
        As disadvantages add up
      </h2>
      {accumulation ? (
        <AddingUp
          frame={frame}
          accumulation={accumulation}
          characteristics={characteristics}
          csv={address("/overlap/adding-up.csv")}
        />
      ) : (
        <p class="nhsuk-body">
          Nothing is counted as a disadvantage. Choose below what counts, if these data hold it.
        </p>
      )}
      <DisadvantageChoices
        view={view}
        choice={choice}
        characteristics={characteristics}
        usual={usual}
      />
      <p class="nhsuk-body">
        <a
          href={viewAddress("/reach", {
            selection: view.selection,
            ...(choice.cross[0] ? { by: choice.cross[0] } : {}),
          })}
        >
          Every step of the pathway, one characteristic at a time
        </a>
      </p>
      <Thread
        current="who"
        view={view}
        {...(focus ? { cut: focus.cut } : {})}
        {...(choice.step ? { step: choice.step } : {})}
      />
    </Layout>
  );
}

/** Why nothing can be said of this crossing, with ways on that may work. */
function CannotSay({
  reason,
  view,
  choice,
  steps,
  characteristics,
}: Pick<OverlapPageProps, "view" | "choice" | "steps" | "characteristics"> & {
  readonly reason: Absent;
}) {
  const to = (changed: Partial<OverlapChoice>) =>
    overlapAddress("/overlap", view, { ...choice, exact: true, ...changed }, characteristics);
  const more =
    choice.cross.length < 4 && reason.absent === "tooFewGroups"
      ? crossable(characteristics).filter(
          (one) => one.about === "person" && !choice.cross.includes(one.name),
        )
      : [];
  const fewer =
    choice.cross.length > 2 && ["tooFew", "notIdentified", "notConverged"].includes(reason.absent)
      ? choice.cross
      : [];
  const others =
    reason.absent === "notRecorded" || reason.absent === "allEqual"
      ? steps.filter((step) => step !== choice.step)
      : [];
  return (
    <div class="nhsuk-inset-text">
      <span class="nhsuk-u-visually-hidden">Information: </span>
      <p>{reason.message}</p>
      {more.length + fewer.length + others.length > 0 && (
        <ul class="nhsuk-list nhsuk-list--bullet">
          {more.map((one) => (
            <li>
              <a href={to({ cross: [...choice.cross, one.name] })}>Add {one.label.toLowerCase()}</a>
            </li>
          ))}
          {fewer.map((name) => (
            <li>
              <a href={to({ cross: choice.cross.filter((one) => one !== name) })}>
                Take {labelOf(name, characteristics).toLowerCase()} away
              </a>
            </li>
          ))}
          {others.map((step) => (
            <li>
              <a href={to({ step })}>Look at: {overlapStepLabel(step).toLowerCase()}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Names in a sentence: "Age", "Age and sex", "Age, sex and carer". */
function listed(names: readonly string[]): string {
  const small = names.map((name, index) => (index === 0 ? name : name.toLowerCase()));
  return small.length > 1
    ? `${small.slice(0, -1).join(", ")} and ${small.at(-1)}`
    : (small[0] ?? "");
}
