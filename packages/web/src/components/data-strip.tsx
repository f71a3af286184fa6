import type { CubeData } from "@taproot/engine";
import { longDate } from "../words/dates.ts";
import { count, counted } from "../words/numbers.ts";

/** What is said of the loaded data on every page. */
export interface LoadedSummary {
  readonly synthetic: boolean;
  readonly kind: "records" | "counts";
  readonly files: readonly string[];
  readonly data: CubeData;
}

/** What data the page is made from and when they were taken: on every page, because no number stands without them. */
export function DataStrip({ synthetic, kind, files, data }: LoadedSummary) {
  return (
    <section class="data-strip" aria-labelledby="about-this-data">
      <div class="nhsuk-width-container">
        <h2 class="nhsuk-heading-s" id="about-this-data">
          About this data
        </h2>
        <dl class="data-strip__facts">
          <Fact term={files.length > 1 ? "Files" : "File"}>
            {fileNames(files)}
            {synthetic ? " (made up)" : ""}
          </Fact>
          <Fact term={kind === "records" ? "Referrals" : "Rows of counts"}>
            {count(data.records)}
          </Fact>
          {data.from && data.to && (
            <Fact term={kind === "records" ? "Referred" : "Period"}>
              {longDate(data.from)} to {longDate(data.to)}
            </Fact>
          )}
          {data.asOf && <Fact term="Data taken on">{longDate(data.asOf)}</Fact>}
          {data.quarantined + data.duplicates > 0 && (
            <Fact term="Not counted">
              <a href="/quality">
                {counted(data.quarantined, "row")} set aside,{" "}
                {counted(data.duplicates, "duplicate")}
              </a>
            </Fact>
          )}
        </dl>
      </div>
    </section>
  );
}

function Fact({ term, children }: { term: string; children?: unknown }) {
  return (
    <div class="data-strip__fact">
      <dt>{term}</dt>
      <dd>{children as string}</dd>
    </div>
  );
}

function fileNames(files: readonly string[]): string {
  const shown = files.slice(0, 3).join(", ");
  return files.length > 3 ? `${shown} and ${files.length - 3} more` : shown;
}
