import type { InspectedColumn, Inspection } from "@taproot/ingest";
import { DATE_FORMATS, type Mapping } from "@taproot/model";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { ProblemSummary } from "../components/problem.tsx";
import { roleValue } from "../server/mapping-form.ts";
import type { MappingProblem } from "../server/mapping-problem.ts";
import { DATE_FORMAT_WORDS } from "../words/date-formats.ts";
import { COUNT_WORDS, DATE_FIELDS, FIELD_WORDS } from "../words/fields.ts";
import { counted, percent } from "../words/numbers.ts";
import { ColumnsOutcome } from "./columns-outcome.tsx";

interface ColumnsPageProps {
  readonly frame: PageFrame;
  readonly id: string;
  readonly inspection: Inspection;
  readonly problems?: readonly MappingProblem[];
}

/** What each column of the file means, for a person to correct and confirm before anything is loaded. */
export function ColumnsPage({ frame, id, inspection, problems = [] }: ColumnsPageProps) {
  const columns = inspection.columns.map((column, index) => ({ column, index }));
  const identifying = columns.filter(({ column }) => column.as.role === "identifying");
  const used = columns.filter(
    ({ column }) => column.as.role !== "identifying" && column.as.role !== "ignored",
  );
  const left = columns.filter(({ column }) => column.as.role === "ignored");
  return (
    <Layout
      frame={frame}
      title={problems.length > 0 ? "Error: Check the columns" : "Check the columns"}
      current="start"
    >
      {problems.length > 0 && (
        <ProblemSummary heading="Something must be put right" messages={problems} />
      )}
      <h1 class="nhsuk-heading-l page-title">Check the columns</h1>
      <p class="nhsuk-body-l">
        {inspection.files.map((file) => `${file.name} (${counted(file.rows, "row")})`).join(", ")}:{" "}
        {counted(columns.length, "column")}.{" "}
        {inspection.mapping.confirmed
          ? "The meanings are those that you confirmed before."
          : "Taproot proposes what each holds. Correct what is wrong; you do this once, and it is kept for next month."}
      </p>
      {inspection.notes.length > 0 && (
        <div class="nhsuk-inset-text">
          <span class="nhsuk-u-visually-hidden">Information: </span>
          {inspection.notes.map((note) => (
            <p>{note}</p>
          ))}
        </div>
      )}
      <form method="post" action={`/columns/${id}`}>
        <input type="hidden" name="form-token" value={frame.formToken} />
        {identifying.length > 0 && (
          <section aria-labelledby="identifying-heading">
            <h2 class="nhsuk-heading-m" id="identifying-heading">
              Never stored: {counted(identifying.length, "column")}
            </h2>
            <p class="nhsuk-body">
              These look as if they say who a person is. They are left out when the file is loaded.
            </p>
            {identifying.map(({ column, index }) => (
              <ColumnCard column={column} index={index} kind={inspection.mapping.kind} />
            ))}
          </section>
        )}
        <section aria-labelledby="used-heading">
          <h2 class="nhsuk-heading-m" id="used-heading">
            Used: {counted(used.length, "column")}
          </h2>
          {used.map(({ column, index }) => (
            <ColumnCard column={column} index={index} kind={inspection.mapping.kind} />
          ))}
        </section>
        {left.length > 0 && (
          <section aria-labelledby="left-heading">
            <h2 class="nhsuk-heading-m" id="left-heading">
              Left out: {counted(left.length, "column")}
            </h2>
            {left.map(({ column, index }) => (
              <ColumnCard column={column} index={index} kind={inspection.mapping.kind} />
            ))}
          </section>
        )}
        {inspection.mapping.kind === "records" && <ColumnsOutcome inspection={inspection} />}
        <div class="filters__buttons">
          <button class="nhsuk-button" type="submit" data-prevent-double-click="true">
            These are right: load the file
          </button>
          <a href="/start">Choose another file</a>
        </div>
      </form>
    </Layout>
  );
}

interface ColumnCardProps {
  readonly column: InspectedColumn;
  readonly index: number;
  readonly kind: Mapping["kind"];
}

function ColumnCard({ column, index, kind }: ColumnCardProps) {
  const { as } = column;
  const isDate = as.role === "field" && DATE_FIELDS.has(as.field);
  const identifying = as.role === "identifying";
  return (
    <div class={identifying ? "column-card column-card--identifying" : "column-card"}>
      <div>
        <h3 class="nhsuk-heading-s" id={`column-${index}`}>
          {column.column || `Column ${index + 1} (no name)`}
          {identifying && (
            <>
              {" "}
              <strong class="nhsuk-tag nhsuk-tag--red">Looks like {as.looksLike}</strong>
            </>
          )}
        </h3>
        {column.samples.length > 0 && (
          <p class="column-card__samples">
            {identifying ? "Its shape:" : "For example:"}{" "}
            {column.samples.slice(0, 4).map((sample) => (
              <code>{sample}</code>
            ))}
          </p>
        )}
        <p class="column-card__samples">
          {column.check && <strong class="nhsuk-tag nhsuk-tag--yellow">Please look</strong>}{" "}
          {column.why} {filledWords(column.filled)}
        </p>
      </div>
      <div class="column-card__fields">
        <div class="nhsuk-form-group">
          <label class="nhsuk-label" for={`as-${index}`}>
            Holds<span class="nhsuk-u-visually-hidden"> (column {column.column})</span>
          </label>
          <select class="nhsuk-select" id={`as-${index}`} name={`as-${index}`}>
            <RoleOptions column={column} kind={kind} />
          </select>
        </div>
        {isDate && (
          <div class="nhsuk-form-group">
            <label class="nhsuk-label" for={`dates-${index}`}>
              Dates written as
              <span class="nhsuk-u-visually-hidden"> (column {column.column})</span>
            </label>
            <select class="nhsuk-select" id={`dates-${index}`} name={`dates-${index}`}>
              {DATE_FORMATS.map((format) => (
                <option value={format} selected={as.dates === format}>
                  {DATE_FORMAT_WORDS[format]}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
    </div>
  );
}

function RoleOptions({ column, kind }: { column: InspectedColumn; kind: Mapping["kind"] }) {
  const value = roleValue(column.as);
  const option = (name: string, text: string) => (
    <option value={name} selected={name === value}>
      {text}
    </option>
  );
  return (
    <>
      {column.as.role === "identifying" &&
        option("identifying", `${column.as.looksLike}: never stored`)}
      {option("ignored", "Leave out")}
      {option("characteristic", "A characteristic of its own, under this name")}
      {column.as.role === "waitBand" &&
        option(
          "waitBand",
          column.as.band.toWeeks === undefined
            ? `People waiting ${column.as.band.fromWeeks} weeks or more`
            : `People waiting ${column.as.band.fromWeeks} to under ${column.as.band.toWeeks} weeks`,
        )}
      {kind === "counts" && (
        <optgroup label="Counts">
          {COUNT_WORDS.map(([name, text]) => option(`count:${name}`, text))}
        </optgroup>
      )}
      {FIELD_WORDS.map(({ heading, fields }) => (
        <optgroup label={heading}>
          {fields.map(([name, text]) => option(`field:${name}`, text))}
        </optgroup>
      ))}
    </>
  );
}

function filledWords(filled: number): string {
  if (filled >= 0.9995) return "Every row has a value.";
  return filled <= 0 ? "It is empty." : `${percent(filled)} of rows have a value.`;
}
