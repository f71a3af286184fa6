import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// One page of all calibrations, joined from the pages that the benches write. Run it after any of them:
// node --conditions=taproot-source --import tsx bench/calibration.ts

const docs = join(import.meta.dirname, "..", "docs");

/** The pages, in the order in which they are joined, and what each is about. */
const pages = [
  ["gradients", "SII, RII and concentration index"],
  ["waits", "restricted mean wait and chance of being seen"],
  ["maihda", "strata of crossed characteristics, and strata that stand out"],
  ["change", "charts, trends and effects of an action"],
  ["explanations", "the parts of a gap: by step, between services and within, mix and rest"],
  ["findings", "what the list of findings calls real"],
] as const;

const head = `# Calibration

How often 95 % intervals hold the truth, and how often something is called real that is not, in simulated services whose
truth is known. Each table is written by the bench that it names, with its seed; this page joins them and is made by
\`bench/calibration.ts\`.

| what | wanted | found |
|---|---|---|
| SII, RII, C: coverage from 30 people a group | 94 to 96 % | {gradients} |
| restricted mean wait: coverage from 30 people a group | 94 to 96 % | {waits} |
| strata: coverage where they differ (σ 0.3, 0.6, 1) | 93 to 97 % | {strata} |
| strata: coverage where they do not (σ 0) | at most 99.5 % | {none} |
| strata: width beside Wilson's, where somebody who knew σ and the effects would need under 78 % of it | under 80 % | {width} |
| strata: width beside what that somebody would need, from 30 people a stratum where they differ | under 110 % | {known} |
| strata that stand out: false ones among those named | at most 5 % | {false} |
| strata that stand out: found, at 100 people a stratum | at least 75 % | {found} |
{findings}

## Where what was wanted is not reached, and why

{missed}
`;

type Row = readonly string[];
const read = (name: string): string => {
  const path = join(docs, `calibration-${name}.md`);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
};
/** The rows of a page's tables, but for their heads. */
const rowsOf = (name: string): Row[] =>
  read(name)
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .map((line) => line.slice(2, -2).split(" | "));
const numbers = (rows: readonly Row[], column: number): number[] =>
  rows.map((row) => Number(row[column])).filter(Number.isFinite);
const range = (values: readonly number[]): string =>
  `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)} %`;
const outside = (values: readonly number[], from: number, to: number): number =>
  values.filter((value) => value < from || value > to).length;

const gradients = rowsOf("gradients").filter((row) => Number.isFinite(Number(row[2])));
const ofGradients = numbers(gradients, 2);
const waits = rowsOf("waits").filter((row) => Number.isFinite(Number(row[2])));
const ofWaits = numbers(waits, 2);
const strata = rowsOf("maihda").filter(
  (row) => row.length === 7 && Number.isFinite(Number(row[2])),
);
const differing = strata.filter(([sigma]) => Number(sigma) > 0);
const alike = strata.filter(([sigma]) => Number(sigma) === 0);
const canBeNarrow = strata.filter((row) => Number(row[5]) < 78);
const wide = canBeNarrow.filter((row) => Number(row[4]) >= 80);
const besideKnown = differing
  .filter(([, size]) => Number(size) >= 30)
  .map((row) => (100 * Number(row[4])) / Number(row[5]));
const finds = rowsOf("maihda").filter((row) => row.length === 4 && Number.isFinite(Number(row[2])));
const without = (rows: readonly Row[], missed: number): string =>
  missed === 0 ? "" : `; ${missed} of ${rows.length} settings outside`;

const reasonOf = (method: string): string =>
  method === "slope from the identity binomial"
    ? "This is the usual Wald interval of a regression, given for comparison; the slope index keeps to its coverage."
    : "So few events at the least deprived end that the fitted line often reaches 0. There no ratio is given, and those are the samples whose interval would have missed: what is given holds the truth too often, not too seldom.";

const missed: string[] = [];
for (const [method, setting, coverage, note] of gradients)
  if (outside([Number(coverage)], 94, 96) > 0)
    missed.push(`- ${method}, ${setting}: ${coverage} % (${note}). ${reasonOf(method ?? "")}`);
for (const [people, setting, coverage] of waits)
  if (outside([Number(coverage)], 94, 96) > 0)
    missed.push(
      `- Restricted mean wait, ${people} people a group, ${setting}: ${coverage} %. Hardly anyone is seen by the horizon, so the mean rests on about five events.`,
    );
for (const [sigma, size, , , width, least] of wide)
  missed.push(
    `- Width of strata with σ ${sigma} and ${size} people: ${width} % of Wilson's, where ${least} % is possible.`,
  );
for (const [background, size, share, found] of finds) {
  if (Number(share) > 5)
    missed.push(
      `- Strata that stand out, background ${background}, ${size} people: ${share} % false. The background's own departures are real, but count as false here.`,
    );
  if (size === "100" && Number(found) < 75)
    missed.push(
      `- Strata that stand out, background ${background}, 100 people: ${found} % found. The planted strata must be told from others that depart too.`,
    );
}

const filled = Object.entries({
  gradients: range(ofGradients) + without(gradients, outside(ofGradients, 94, 96)),
  waits: range(ofWaits) + without(waits, outside(ofWaits, 94, 96)),
  strata: range(numbers(differing, 2)),
  none: range(numbers(alike, 2)),
  width: range(numbers(canBeNarrow, 4)),
  known: range(besideKnown),
  false: `${range(
    numbers(
      finds.filter(([b]) => b === "0"),
      2,
    ),
  )} where no other stratum departs, ${range(
    numbers(
      finds.filter(([b]) => b !== "0"),
      2,
    ),
  )} where others do`,
  found: finds
    .filter(([, size]) => size === "100")
    .map(([background, , , found]) => `${found} % (background ${background})`)
    .join(", "),
  findings: rowsOf("findings")
    .filter(([, aim = "", , of = ""]) => /^(at|always|93)/.test(aim) && of.includes(" of "))
    .map(([question, aim, share, of]) => `| findings: ${question} | ${aim} | ${share}, ${of} |`)
    .join("\n"),
  missed: missed.join("\n"),
}).reduce((text, [name, value]) => text.replace(`{${name}}`, value), head);

const joined = pages
  .filter(([name]) => read(name) !== "")
  .map(([name, about]) => {
    const [title = "", ...rest] = read(name).split("\n");
    const own = title.replace(/^# (Calibration: |Calibration of the )?/, "");
    const text = rest.join("\n").replace(/^## /gm, "### ").trim();
    return `## ${own.charAt(0).toUpperCase()}${own.slice(1)}\n\nOf ${about}. The same as [the page that the bench writes](calibration-${name}.md).\n\n${text}\n`;
  });
writeFileSync(join(docs, "calibration.md"), [filled, ...joined].join("\n"));
