import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { DrawChart } from "../charts/plot-svg.ts";
import { unbroken } from "../words/numbers.ts";

interface FigureProps {
  readonly id: string;
  /** The picture's message in one sentence; it is also what a screen reader is told of the picture. */
  readonly sentence: string;
  readonly draw: DrawChart;
  /** How to read the picture: what a dot, a line, a band stands for. */
  readonly reading?: Child;
  /** A link to how the numbers are worked out. */
  readonly method?: Child;
  /** Where the same numbers can be had as a file. */
  readonly csv?: string;
  /** True where the page below says the same at more length: the table waits to be opened. */
  readonly tableClosed?: boolean;
  /** The same numbers as a table. */
  readonly children?: Child;
}

/** Widths, in CSS pixels, at which a chart is drawn: for a page and for a phone or a page at 400 %. */
const WIDE = 900;
const NARROW = 310;

/** A chart with its sentence, how to read it, its table and its file. The table stays open in print. */
export function Figure({
  id,
  sentence,
  draw,
  reading,
  csv,
  tableClosed,
  method,
  children,
}: FigureProps) {
  return (
    <figure class="figure" id={id}>
      <figcaption class="figure__sentence">{unbroken(sentence)}</figcaption>
      <div class="chart chart--wide">{raw(draw(WIDE, unbroken(sentence)))}</div>
      <div class="chart chart--narrow">{raw(draw(NARROW, unbroken(sentence)))}</div>
      {reading && (
        <p class="figure__reading">
          {reading} {method}
        </p>
      )}
      {children && (
        <details class="nhsuk-details figure__table" open={!tableClosed}>
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">The same as a table</span>
          </summary>
          <div class="nhsuk-details__text figure__table-body">{children}</div>
        </details>
      )}
      {csv && (
        <p class="figure__csv">
          <a href={csv} download>
            Download this table (CSV)
          </a>
        </p>
      )}
    </figure>
  );
}
