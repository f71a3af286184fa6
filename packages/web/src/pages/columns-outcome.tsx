import type { Inspection } from "@taproot/ingest";
import { NO_SOURCE } from "@taproot/model";
import { type OutcomeRow, outcomeRows } from "../server/outcome-form.ts";

/** What counts as improved, measure by measure, for a person to say: which score is better, what matters, and whence. */
export function ColumnsOutcome({ inspection }: { inspection: Inspection }) {
  const rows = outcomeRows(inspection);
  return (
    <details class="nhsuk-details" open={inspection.mapping.outcome !== undefined}>
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">
          What counts as improved, where there are scores
        </span>
      </summary>
      <div class="nhsuk-details__text">
        <p>
          Leave the smallest change that matters at 0 where you know of none: then any improvement
          counts. Where you know one, say where it is from. Taproot builds in none, and keeps the
          name of a measure only, never its questions.
        </p>
        {rows.map((row) => (
          <ReadingFields row={row} only={rows.length === 1} />
        ))}
      </div>
    </details>
  );
}

function ReadingFields({ row, only }: { row: OutcomeRow; only: boolean }) {
  const { instrument, reading, suffix } = row;
  const legend = instrument ?? (only ? "All scores" : "Any other measure, or none named");
  return (
    <fieldset class="nhsuk-fieldset outcome-card">
      <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">{legend}</legend>
      <div class="column-card__fields">
        <div class="nhsuk-form-group">
          <label class="nhsuk-label" for={`better${suffix}`}>
            Which score is better
          </label>
          <select class="nhsuk-select" id={`better${suffix}`} name={`better${suffix}`}>
            <option value="higher" selected={reading.higherIsBetter}>
              A higher one
            </option>
            <option value="lower" selected={!reading.higherIsBetter}>
              A lower one
            </option>
          </select>
        </div>
        <div class="nhsuk-form-group">
          <label class="nhsuk-label" for={`smallest-change${suffix}`}>
            Smallest change that matters, in points
          </label>
          <input
            class="nhsuk-input nhsuk-input--width-5"
            id={`smallest-change${suffix}`}
            name={`smallest-change${suffix}`}
            inputmode="decimal"
            value={String(reading.smallestChange)}
          />
        </div>
        <div class="nhsuk-form-group">
          <label class="nhsuk-label" for={`change-source${suffix}`}>
            Its source
          </label>
          <div class="nhsuk-hint" id={`change-source${suffix}-hint`}>
            A study, a manual, your own audit. Now: {reading.source ?? NO_SOURCE}.
          </div>
          <input
            class="nhsuk-input"
            id={`change-source${suffix}`}
            name={`change-source${suffix}`}
            aria-describedby={`change-source${suffix}-hint`}
            maxlength={300}
            value={reading.source ?? ""}
          />
        </div>
      </div>
    </fieldset>
  );
}
