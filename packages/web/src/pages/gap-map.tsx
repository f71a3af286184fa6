import type { FindingStep, FindingsReport } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { gapMatrixChart, type MatrixCell } from "../charts/gap-matrix.ts";
import { Figure } from "../components/figure.tsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import type { View } from "../words/choices.ts";
import { cutName, labelOf } from "../words/cuts.ts";
import { count, counted } from "../words/numbers.ts";
import { inOrder, stepLabel } from "../words/steps.ts";

interface GapMapProps {
  readonly frame: PageFrame;
  readonly report: FindingsReport;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
}

/** Everything that was looked for: where gaps stood out, where none did and how large one would have had to be. */
export function GapMap({ frame, report, characteristics, view }: GapMapProps) {
  const tooFew = report.tooFew.filter(
    (one) => (!view.step || one.step === view.step) && (!view.by || view.by in one.cut),
  );
  const matrix = matrixOf(report, characteristics, view);
  const none = matrix.cells.filter((cell) => cell.kind === "none").length;
  if (matrix.cells.length + tooFew.length === 0) return null;
  return (
    <section aria-labelledby="map-heading">
      <h2 class="nhsuk-heading-m" id="map-heading">
        Everything that was looked for
      </h2>
      {matrix.cells.length > 0 && (
        <Figure
          id="map"
          sentence={mapSentence(none, matrix.cells.length)}
          draw={(width, sentence) => gapMatrixChart(matrix, width, sentence)}
          reading="A red dot is a gap with fewer people reached, a blue one with more; the larger the dot, the more people. A gap of two characteristics together is shown at both. “Under 2.5” means that no gap stood out, and that one under 2.5 percentage points could not have been seen. A dashed ring is a gap that another one explains."
          method={
            <MethodLink
              frame={frame}
              pages={["smallest-detectable-gap"]}
              text="How the smallest gap is worked out"
            />
          }
          tableClosed
        >
          <Table
            id="map-table"
            caption="People in each gap found; where none was seen, the smallest gap that could have been, in percentage points"
            columns={[
              { heading: "Characteristic" },
              ...matrix.steps.map((step) => ({ heading: step, numeric: true })),
            ]}
            rows={matrix.characteristics.map((name) => [
              name,
              ...matrix.steps.map((step) =>
                cellWords(
                  matrix.cells.find((one) => one.characteristic === name && one.step === step),
                ),
              ),
            ])}
          />
        </Figure>
      )}
      {tooFew.length > 0 && (
        <details class="nhsuk-details">
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">
              {counted(tooFew.length, "group")} too small to say anything about
            </span>
          </summary>
          <div class="nhsuk-details__text">
            <ul class="nhsuk-list nhsuk-list--bullet">
              {tooFew.map((one) => (
                <li>
                  {stepLabel(one.step)}: {cutName(one.cut, characteristics)}
                </li>
              ))}
            </ul>
          </div>
        </details>
      )}
    </section>
  );
}

function mapSentence(none: number, all: number): string {
  if (none === 0) return "A gap stood out wherever a characteristic could be compared at a step.";
  return `No gap stood out in ${none} of ${counted(all, "comparison")} of a characteristic at a step. That does not mean that there is none.`;
}

/** Sorts findings, what they explain and what was quiet into cells of characteristic and step. */
function matrixOf(
  report: FindingsReport,
  characteristics: readonly Characteristic[],
  view: View,
): {
  readonly characteristics: readonly string[];
  readonly steps: readonly string[];
  readonly cells: readonly MatrixCell[];
} {
  const { findings, quiet } = report;
  const steps = inOrder([...findings, ...quiet].map((one) => one.step)).filter(
    (step) => !view.step || step === view.step,
  );
  const mentioned = new Set([
    ...quiet.map((one) => one.characteristic),
    ...findings.flatMap((one) => Object.keys(one.cut)),
  ]);
  const names = characteristics
    .map((one) => one.name)
    .filter((name) => mentioned.has(name) && (!view.by || name === view.by));
  const cells = names.flatMap((name) =>
    steps.flatMap((step): readonly MatrixCell[] => {
      const what = cellOf(report, name, step);
      return what
        ? [{ ...what, characteristic: labelOf(name, characteristics), step: stepLabel(step) }]
        : [];
    }),
  );
  return {
    characteristics: names.map((name) => labelOf(name, characteristics)),
    steps: steps.map(stepLabel),
    cells,
  };
}

type What =
  | { readonly kind: "found"; readonly people: number }
  | { readonly kind: "explained" }
  | { readonly kind: "none"; readonly smallest: number }
  | { readonly kind: "tooFew" };

function cellOf(
  { findings, quiet }: FindingsReport,
  name: string,
  step: FindingStep,
): What | undefined {
  const here = findings.filter((one) => one.step === step);
  const own = here.find((one) => name in one.cut);
  if (own) return { kind: "found", people: own.people.value };
  const silent = quiet.filter((one) => one.step === step && one.characteristic === name);
  if (silent.length > 0) {
    const sizes = silent.flatMap((one) =>
      isAbsent(one.smallestDetectable) ? [] : [one.smallestDetectable],
    );
    return sizes.length > 0 ? { kind: "none", smallest: Math.min(...sizes) } : { kind: "tooFew" };
  }
  const explained = here.some((one) => one.alsoSeenIn.some((cut) => name in cut));
  return explained ? { kind: "explained" } : undefined;
}

function cellWords(cell: MatrixCell | undefined): string {
  switch (cell?.kind) {
    case "found":
      return `${count(Math.abs(cell.people))} ${cell.people < 0 ? "fewer" : "more"}`;
    case "explained":
      return "explained by another gap";
    case "none":
      return `none seen (under ${cell.smallest.toFixed(1)})`;
    case "tooFew":
      return "too few to say";
    default:
      return "–";
  }
}
