import type { UnknownCosts } from "@taproot/awareness";
import type { Manifest } from "@taproot/engine";
import { reconciliationChart } from "../charts/reconciliation.ts";
import { type UnknownRow, unknownsChart } from "../charts/unknowns.ts";
import { EstimateFiles } from "../components/estimate-files.tsx";
import { Figure } from "../components/figure.tsx";
import { Layout, type PageFrame } from "../components/layout.tsx";
import { Table } from "../components/table.tsx";
import { DATE_FORMAT_WORDS } from "../words/date-formats.ts";
import { dateAndTime } from "../words/dates.ts";
import { count, counted, percent, points, unbroken } from "../words/numbers.ts";
import { inOrder, stepLabel } from "../words/steps.ts";

interface QualityPageProps {
  readonly frame: PageFrame;
  readonly manifest: Manifest;
  /** How many have no group recorded, for each characteristic of people. */
  readonly unknowns: readonly UnknownRow[];
  /** What the unknown cost in certainty, and at which step. */
  readonly costs: UnknownCosts;
  /** True when there is a file of the rows set aside. */
  readonly quarantineFile: boolean;
}

/** How far the data can be trusted: every row accounted for, what is not recorded, what was wrong and what to do. */
export function QualityPage(props: QualityPageProps) {
  const { frame, manifest, unknowns, costs, quarantineFile } = props;
  const totals = {
    rows: sum(manifest, "rows"),
    records: sum(manifest, "records"),
    quarantined: sum(manifest, "quarantined"),
    duplicates: sum(manifest, "duplicates"),
  };
  const rowSentence = `${counted(totals.rows, "row")} in: ${counted(totals.records, "record")} counted, ${count(totals.quarantined)} set aside and ${counted(totals.duplicates, "duplicate")}.`;
  const worst = [...unknowns].sort((a, b) => share(b) - share(a));
  return (
    <Layout frame={frame} title="Data quality" current="quality">
      <h1 class="nhsuk-heading-l page-title">Data quality</h1>
      <h2 class="nhsuk-heading-m">Every row accounted for</h2>
      <Figure
        id="rows"
        sentence={rowSentence}
        draw={(width, sentence) => reconciliationChart(totals, width, sentence)}
      >
        <Table
          id="rows-table"
          caption="Rows in each file and what became of them"
          columns={[
            { heading: "File" },
            { heading: "Rows in", numeric: true },
            { heading: "Counted", numeric: true },
            { heading: "Set aside", numeric: true },
            { heading: "Duplicates", numeric: true },
          ]}
          rows={[
            ...manifest.files.map((file) => [
              file.name,
              count(file.rows),
              count(file.records),
              count(file.quarantined),
              count(file.duplicates),
            ]),
            ...(manifest.files.length > 1
              ? [
                  [
                    "All files",
                    count(totals.rows),
                    count(totals.records),
                    count(totals.quarantined),
                    count(totals.duplicates),
                  ],
                ]
              : []),
          ]}
        />
      </Figure>
      <Issues manifest={manifest} quarantineFile={quarantineFile && totals.quarantined > 0} />
      {worst.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">What is not recorded</h2>
          <Figure
            id="unknown"
            sentence={unknownSentence(worst)}
            draw={(width, sentence) => unknownsChart(worst, width, sentence)}
            reading="People whose group is not recorded are kept as a group of their own. Each gap says whether they could turn it round."
            csv="/quality/unknown.csv"
          >
            <Table
              id="unknown-table"
              caption="Not recorded, by characteristic"
              columns={[
                { heading: "Characteristic" },
                { heading: "Not recorded", numeric: true },
                { heading: "Of", numeric: true },
                { heading: "Share", numeric: true },
              ]}
              rows={worst.map((row) => [
                row.label,
                count(row.unknown),
                count(row.total),
                percent(share(row)),
              ])}
            />
          </Figure>
          <UnknownsByStep costs={costs} />
        </>
      )}
      <Places manifest={manifest} />
      <Dates manifest={manifest} />
      <p class="nhsuk-body-s">Loaded on {dateAndTime(manifest.loadedAt)}.</p>
      <EstimateFiles view={{ selection: {} }} />
    </Layout>
  );
}

/** The share not recorded at each step: where it rises, the step itself loses those who are recorded, or never asked. */
function UnknownsByStep({ costs }: { costs: UnknownCosts }) {
  const rows = costs.rows.filter(({ unknown }) => unknown > 0);
  if (rows.length === 0) return null;
  const steps = inOrder(rows.map(({ step }) => step));
  const names = [...new Set(rows.map(({ characteristic }) => characteristic))];
  const cost = (name: string) =>
    Math.max(...rows.filter((row) => row.characteristic === name).map((row) => row.points));
  return (
    <>
      <h3 class="nhsuk-heading-s">At which step, and what it costs</h3>
      <p class="nhsuk-body">
        {unbroken(costs.sentence)} <a href="/sure">See it for every step</a>
      </p>
      <Table
        id="unknown-steps"
        caption="Not recorded among those who are settled at each step, and how far a gap there could be from what it looks like"
        columns={[
          { heading: "Characteristic" },
          ...steps.map((step) => ({ heading: stepLabel(step), numeric: true })),
        ]}
        rows={[...names]
          .sort((a, b) => cost(b) - cost(a))
          .map((name) => [
            rows.find((row) => row.characteristic === name)?.label,
            ...steps.map((step) => {
              const row = rows.find((one) => one.characteristic === name && one.step === step);
              if (!row) return "–";
              return (
                <>
                  {percent(row.unknown / row.of)}
                  <small class="cell-note">up to {points(row.points)} points</small>
                </>
              );
            }),
          ])}
      />
    </>
  );
}

function Issues({ manifest, quarantineFile }: { manifest: Manifest; quarantineFile: boolean }) {
  const issues = [...manifest.issues].sort((a, b) => b.rows - a.rows);
  return (
    <section aria-labelledby="issues-heading">
      <h2 class="nhsuk-heading-m" id="issues-heading">
        What was wrong, and what to do
      </h2>
      {issues.length === 0 ? (
        <p class="nhsuk-body">Every row passed every check.</p>
      ) : (
        <Table
          id="issues-table"
          caption="Rules that rows broke"
          captionHidden
          columns={[
            { heading: "Rule and next step" },
            { heading: "Column" },
            { heading: "Rows", numeric: true },
            { heading: "What happened" },
          ]}
          rows={issues.map((issue) => [
            issue.message,
            issue.column ?? "–",
            count(issue.rows),
            SEVERITY[issue.severity],
          ])}
        />
      )}
      {quarantineFile && (
        <p class="nhsuk-body">
          <a href="/quality/quarantine.csv" download>
            Download the rows set aside (CSV)
          </a>
          . Mend them in a spreadsheet and open the file again. It holds the rows as they were in
          your file, so keep it as safe as that.
        </p>
      )}
      {issues.length > 0 && (
        <p class="nhsuk-body">
          <a href="/quality/rules.csv" download>
            Download this table (CSV)
          </a>
        </p>
      )}
    </section>
  );
}

const SEVERITY = {
  quarantined: "Set aside",
  duplicate: "Counted once",
  noted: "Kept",
} as const;

function Places({ manifest }: { manifest: Manifest }) {
  const places = manifest.places;
  if (!places) return null;
  const total = places.matched + places.unmatched + places.blank;
  const of = (part: number) => (total > 0 ? ` (${percent(part / total)})` : "");
  return (
    <section aria-labelledby="places-heading">
      <h2 class="nhsuk-heading-m" id="places-heading">
        Where people live
      </h2>
      <Table
        id="places-table"
        caption="Records by whether their place was found in the deprivation data"
        captionHidden
        columns={[{ heading: "Place" }, { heading: "Records", numeric: true }]}
        rows={[
          ["Found, with its deprivation", `${count(places.matched)}${of(places.matched)}`],
          [
            "Given, but in none of the sources: check the postcode or area code",
            `${count(places.unmatched)}${of(places.unmatched)}`,
          ],
          ["Not given", `${count(places.blank)}${of(places.blank)}`],
        ]}
      />
      {places.sources.length > 0 && (
        <p class="nhsuk-body">
          Deprivation from: {places.sources.join("; ")}. Fifths are within each nation.
        </p>
      )}
    </section>
  );
}

function Dates({ manifest }: { manifest: Manifest }) {
  if (manifest.dates.length === 0) return null;
  return (
    <section aria-labelledby="dates-heading">
      <h2 class="nhsuk-heading-m" id="dates-heading">
        How dates were read
      </h2>
      <Table
        id="dates-table"
        caption="Date columns and the convention that each was read with"
        captionHidden
        columns={[{ heading: "Column" }, { heading: "Read as" }]}
        rows={manifest.dates.map(({ column, format }) => [column, DATE_FORMAT_WORDS[format]])}
      />
    </section>
  );
}

function sum(manifest: Manifest, key: "rows" | "records" | "quarantined" | "duplicates"): number {
  return manifest.files.reduce((total, file) => total + file[key], 0);
}

function share(row: UnknownRow): number {
  return row.total > 0 ? row.unknown / row.total : 0;
}

function unknownSentence([worst]: readonly UnknownRow[]): string {
  if (!worst || worst.unknown === 0) return "Every characteristic is recorded for everyone.";
  return `${worst.label} is not recorded for ${count(worst.unknown)} of ${count(worst.total)} (${percent(share(worst))}), the most of any characteristic.`;
}
