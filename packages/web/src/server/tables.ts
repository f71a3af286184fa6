import type { Finding, ReachTable } from "@taproot/awareness";
import type { CubeData } from "@taproot/engine";
import type { Group, IssueCount } from "@taproot/model";
import { type Absent, type Estimate, isAbsent } from "@taproot/statistics";
import type { UnknownRow } from "../charts/unknowns.ts";
import { type CsvCell, csv } from "../words/csv.ts";

/** Findings as a file: every number with its denominator, its interval and its data's dates. */
export function findingsCsv(findings: readonly Finding[], data: CubeData): string {
  return csv(
    [
      "finding",
      "sentence",
      "step",
      "measure",
      "weeks",
      "cut",
      "reference",
      "group reached",
      "group of",
      "others reached",
      "others of",
      "points",
      "points lower",
      "points upper",
      "people",
      "people lower",
      "people upper",
      "p",
      "q",
      "sign known",
      "bounds lower",
      "bounds upper",
      "not recorded",
      "referred from",
      "referred to",
      "data taken on",
    ],
    findings.map((one) => [
      one.id,
      one.sentence,
      one.step,
      one.measure,
      one.horizonWeeks,
      Object.entries(one.cut)
        .map(([name, group]) => `${name}=${group}`)
        .join("; "),
      one.reference,
      one.group.reached,
      one.group.denominator,
      one.others.reached,
      one.others.denominator,
      one.points.value,
      one.points.lower,
      one.points.upper,
      one.people.value,
      one.people.lower,
      one.people.upper,
      one.p,
      one.q,
      one.signKnown ? "yes" : "no",
      one.bounds.lower,
      one.bounds.upper,
      one.unknown,
      data.from,
      data.to,
      data.asOf,
    ]),
  );
}

/** The pathway as a file, a line for each group and step. */
export function reachCsv(table: ReachTable): string {
  const rows = [
    ...table.groups.map((group) => ({ name: group.group.name, group })),
    { name: "Everyone", group: table.everyone },
  ];
  return csv(
    [
      table.characteristic ?? "group",
      "step",
      "entered",
      "reached",
      "lost",
      "open",
      "share",
      "share lower",
      "share upper",
      "gap in points",
      "gap lower",
      "gap upper",
    ],
    rows.flatMap(({ name, group }) =>
      group.steps.map((step) => [
        name,
        step.step,
        step.entered,
        step.reached,
        step.lost,
        step.open,
        ...estimateCells(step.share),
        ...estimateCells(step.gap),
      ]),
    ),
  );
}

/** What is not recorded, as a file. */
export function unknownCsv(rows: readonly UnknownRow[]): string {
  return csv(
    ["characteristic", "not recorded", "of"],
    rows.map((row) => [row.label, row.unknown, row.total]),
  );
}

/** Rules broken, as a file. */
export function rulesCsv(issues: readonly IssueCount[]): string {
  return csv(
    ["rule", "what happened", "column", "rows", "what to do"],
    issues.map((issue) => [issue.code, issue.severity, issue.column, issue.rows, issue.message]),
  );
}

/** An estimate as three cells; the reason in the first where there is none. */
export function estimateCells(value: Estimate | Absent | undefined): readonly CsvCell[] {
  if (!value) return [undefined, undefined, undefined];
  return isAbsent(value)
    ? [value.absent, undefined, undefined]
    : [value.value, value.lower, value.upper];
}

/** The q-value of a group among those compared; none for people of no recorded group, who are not among them. */
export function qOf(
  { group }: { readonly group: Group },
  difference: (Estimate & { readonly q: number }) | Absent,
): CsvCell {
  return group.unknown || isAbsent(difference) ? undefined : difference.q;
}
