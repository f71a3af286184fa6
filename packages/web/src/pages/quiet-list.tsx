import type { FindingStep, FindingsReport, Quiet } from "@taproot/awareness";
import type { Characteristic } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import { Table } from "../components/table.tsx";
import type { View } from "../words/choices.ts";
import { cutName, labelOf } from "../words/cuts.ts";
import { counted, points } from "../words/numbers.ts";
import { inOrder, stepLabel } from "../words/steps.ts";

interface QuietListProps {
  readonly report: FindingsReport;
  readonly characteristics: readonly Characteristic[];
  readonly view: View;
}

/** What was looked for and not found, with the smallest gap that could have been seen, and the groups too small to say. */
export function QuietList({ report, characteristics, view }: QuietListProps) {
  const kept = report.quiet.filter(
    (one) => (!view.step || one.step === view.step) && (!view.by || one.characteristic === view.by),
  );
  const tooFew = report.tooFew.filter(
    (one) => (!view.step || one.step === view.step) && (!view.by || view.by in one.cut),
  );
  const steps = inOrder(kept.map((one) => one.step));
  const names = [...new Set(kept.map((one) => one.characteristic))];
  return (
    <>
      {kept.length > 0 && (
        <section aria-labelledby="quiet-heading">
          <h2 class="nhsuk-heading-m" id="quiet-heading">
            Where no gap was found
          </h2>
          <p class="nhsuk-body">
            Each number is the smallest gap, in percentage points, that these data could have shown.
            A smaller gap may be there unseen. A dash means that a gap was found, or that the step
            is not recorded.
          </p>
          <Table
            id="quiet-table"
            caption="The smallest gap that could have been seen where none was found, in percentage points"
            captionHidden
            columns={[
              { heading: "Characteristic" },
              ...steps.map((step) => ({ heading: stepLabel(step), numeric: true })),
            ]}
            rows={names.map((name) => [
              labelOf(name, characteristics),
              ...steps.map((step) => smallest(kept, step, name)),
            ])}
          />
        </section>
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
              {tooFew.slice(0, 60).map((one) => (
                <li>
                  {stepLabel(one.step)}: {cutName(one.cut, characteristics)}
                </li>
              ))}
            </ul>
            {tooFew.length > 60 && <p>The downloaded table names them all.</p>}
          </div>
        </details>
      )}
    </>
  );
}

function smallest(quiet: readonly Quiet[], step: FindingStep, characteristic: string): string {
  const here = quiet.filter((one) => one.step === step && one.characteristic === characteristic);
  if (here.length === 0) return "–";
  const sizes = here.flatMap((one) =>
    isAbsent(one.smallestDetectable) ? [] : [one.smallestDetectable],
  );
  return sizes.length > 0 ? points(Math.min(...sizes)) : "too few to say";
}
