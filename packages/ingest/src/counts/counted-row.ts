import {
  type CountField,
  FATE_COUNT,
  FATES,
  type Fate,
  type Mapping,
  type Step,
  type WaitBand,
} from "@taproot/model";
import { readCount } from "../proposal/propose-counts.ts";

/** A column that is counted, and where it is in the file. */
export interface CountColumn {
  readonly column: string;
  readonly index: number;
}

/** The columns of a table of counts by what they hold. */
export interface CountColumns {
  readonly counts: ReadonlyMap<CountField, CountColumn>;
  readonly bands: readonly (CountColumn & { readonly band: WaitBand })[];
  readonly characteristics: readonly (CountColumn & { readonly characteristic: string })[];
}

/** Finds the mapped columns of a table of counts in a file's header. */
export function countColumns(header: readonly string[], mapping: Mapping): CountColumns {
  const counts = new Map<CountField, CountColumn>();
  const bands: (CountColumn & { band: WaitBand })[] = [];
  const characteristics: (CountColumn & { characteristic: string })[] = [];
  for (const { column, as } of mapping.columns) {
    const index = header.indexOf(column);
    if (index < 0) continue;
    if (as.role === "count" && as.count !== "period" && !counts.has(as.count))
      counts.set(as.count, { column, index });
    if (as.role === "count" && as.count === "period")
      characteristics.push({ column, index, characteristic: "period" });
    if (as.role === "waitBand") bands.push({ column, index, band: as.band });
    if (as.role === "characteristic")
      characteristics.push({ column, index, characteristic: as.characteristic });
  }
  return { counts, bands, characteristics };
}

/** Something wrong with a row of counts. */
export interface CountIssue {
  readonly code: string;
  readonly column: string;
  readonly message: string;
}

const order: readonly CountField[] = ["referred", "accepted", "seen", "completed", "improved"];
const phrase: Readonly<Record<string, string>> = {
  referred: "referred",
  accepted: "accepted",
  seen: "seen",
  completed: "completed",
  improved: "improved",
};

/** A row's counts: fates, population and bands; or what is wrong with it. */
export interface CountedRow {
  readonly issues: readonly CountIssue[];
  readonly fates: Float64Array;
  readonly population: number;
  readonly bands: Float64Array;
}

/** Bands without those that others fill out; each with the columns that together count it, in order of preference. */
export interface BandPlan {
  readonly bands: readonly WaitBand[];
  /** Per band: alternatives, each a set of column positions in `CountColumns.bands` to add up. */
  readonly sources: readonly (readonly (readonly number[])[])[];
}

const end = (band: WaitBand) => band.toWeeks ?? Number.POSITIVE_INFINITY;

/** Takes the widest bands; where a wide one is missing in a row, its parts are added up. */
export function planBands(columns: CountColumns["bands"]): BandPlan {
  const inside = (part: WaitBand, whole: WaitBand) =>
    part.fromWeeks >= whole.fromWeeks &&
    end(part) <= end(whole) &&
    !(part.fromWeeks === whole.fromWeeks && end(part) === end(whole));
  const wide = columns
    .map((column, index) => ({ ...column, index: columns.indexOf(column) ?? index }))
    .filter(({ band }) => !columns.some((other) => inside(band, other.band)))
    .sort((a, b) => a.band.fromWeeks - b.band.fromWeeks);
  return {
    bands: wide.map(({ band }) => band),
    sources: wide.map(({ band, index }) => {
      const parts = columns.flatMap((column, position) =>
        inside(column.band, band) ? [position] : [],
      );
      return parts.length > 0 ? [[index], parts] : [[index]];
    }),
  };
}

/** Reads one row's counts into fates by differences, which are never negative. */
export function readCountedRow(
  fields: readonly string[],
  columns: CountColumns,
  plan: BandPlan,
): CountedRow {
  const issues: CountIssue[] = [];
  const value = (column: CountColumn): number | undefined => readCount(fields[column.index] ?? "");
  const notACount = (column: string) => {
    issues.push({
      code: "notACount",
      column,
      message: `“${column}” is not a whole number from 0: it is blank, suppressed or not a number. Fill it in, or leave the row out.`,
    });
  };
  const counted = new Map<CountField, number>();
  for (const [field, column] of columns.counts) {
    const number = value(column);
    if (number === undefined) notACount(column.column);
    else counted.set(field, number);
  }
  const bands = new Float64Array(plan.bands.length);
  plan.sources.forEach((alternatives, index) => {
    const sums = alternatives.map((positions) =>
      positions.map((position) => value(columns.bands[position]!)),
    );
    const whole = sums.find((numbers) => numbers.every((number) => number !== undefined));
    if (whole) bands[index] = whole.reduce<number>((sum, number) => sum + (number ?? 0), 0);
    else notACount(columns.bands[alternatives[0]![0]!]!.column);
  });
  const fates = new Float64Array(FATE_COUNT);
  if (issues.length === 0) fillFates(counted, columns, fates, issues);
  if (columns.counts.size === 0 || !columns.counts.has("referred"))
    if (plan.bands.length > 0)
      fates[FATES.indexOf("waiting")] = bands.reduce((sum, number) => sum + number, 0);
  return { issues, fates, population: counted.get("population") ?? 0, bands };
}

function fillFates(
  counted: Map<CountField, number>,
  columns: CountColumns,
  fates: Float64Array,
  issues: CountIssue[],
): void {
  const add = (fate: Fate, people: number) => {
    fates[FATES.indexOf(fate)] = fates[FATES.indexOf(fate)]! + people;
  };
  const declined = counted.get("declined");
  const referred = counted.get("referred");
  if (declined !== undefined && referred !== undefined && !counted.has("accepted"))
    counted.set("accepted", referred - declined);
  const steps = order.filter((step) => counted.has(step));
  const nameOf = (step: CountField) =>
    columns.counts.get(step)?.column ?? columns.counts.get("declined")?.column ?? step;
  for (let position = 1; position < steps.length; position++) {
    const [before, step] = [steps[position - 1]!, steps[position]!];
    if (counted.get(step)! > counted.get(before)!)
      issues.push({
        code: "moreThanStepBefore",
        column: nameOf(step),
        message: `More were ${phrase[step]} than ${phrase[before]}: “${nameOf(step)}” is larger than “${nameOf(before)}”. Correct one of the two.`,
      });
  }
  const accepted = counted.get("accepted");
  if (
    declined !== undefined &&
    referred !== undefined &&
    accepted !== undefined &&
    (accepted < 0 || accepted + declined > referred)
  )
    issues.push({
      code: "moreDecidedThanReferred",
      column: nameOf("declined"),
      message: `More were accepted and declined than referred: check “${nameOf("declined")}” and “${nameOf("referred")}”.`,
    });
  if (issues.length > 0) return;
  // Each step that is counted keeps those who went no further; the last keeps all who reached it.
  steps.forEach((step, position) => {
    const next = steps[position + 1];
    const stopped = counted.get(step)! - (next === undefined ? 0 : counted.get(next)!);
    if (step === "referred" && next === "accepted") {
      add("declined", declined ?? 0);
      add("awaitingDecision", stopped - (declined ?? 0));
    } else add(stoppedAt(step), stopped);
  });
}

/** The fate of those who reached a step and, as far as the table says, no further. */
function stoppedAt(step: CountField): Fate {
  switch (step) {
    case "seen":
      return "inTreatment";
    case "completed":
      return "completedUnmeasured";
    case "improved":
      return "improved";
    case "accepted":
      return "waiting";
    default:
      return "awaitingDecision";
  }
}

/** The steps that a table counts, and those at which it cannot tell "not yet" from "never". */
export function countedSteps(columns: CountColumns): { steps: Step[]; openCountsAsLost: Step[] } {
  const has = (field: CountField) => columns.counts.has(field);
  const accepted = has("accepted") || (has("declined") && has("referred"));
  const steps: Step[] = [];
  if (has("population")) steps.push("needed");
  if (has("referred")) steps.push("referred");
  if (accepted) steps.push("accepted");
  for (const step of ["seen", "completed", "improved"] as const) if (has(step)) steps.push(step);
  const reached = steps.filter((step) => step !== "needed").slice(1);
  return {
    steps,
    openCountsAsLost: reached.filter((step) => !(step === "accepted" && has("declined"))),
  };
}
