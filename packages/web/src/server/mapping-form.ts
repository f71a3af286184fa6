import type { InspectedColumn, Inspection } from "@taproot/ingest";
import {
  COUNT_FIELDS,
  type ColumnRole,
  DATE_FORMATS,
  FIELDS,
  type Mapping,
  TaprootError,
} from "@taproot/model";
import type { MappingProblem } from "./mapping-problem.ts";
import { chosenOutcome } from "./outcome-form.ts";

/** A role as the value of a choice: "field:sex". */
export function roleValue(role: ColumnRole): string {
  switch (role.role) {
    case "field":
      return `field:${role.field}`;
    case "count":
      return `count:${role.count}`;
    default:
      return role.role;
  }
}

/** The mapping that a person confirmed: the proposal with the choices of the form put in. Unknown choices are refused. */
export function confirmedMapping(inspection: Inspection, form: URLSearchParams): Mapping {
  const { outcome: _, ...mapping } = inspection.mapping;
  const columns = inspection.columns.map((column, index) => ({
    column: column.column,
    as: chosenRole(column, form.get(`as-${index}`), form.get(`dates-${index}`)),
  }));
  return {
    ...mapping,
    columns,
    ...(columns.some(({ as }) => as.role === "field" && as.field === "scoreAfter")
      ? { outcome: chosenOutcome(inspection, form) }
      : {}),
    confirmed: true,
  };
}

/** What stands in the way of loading by this mapping, with the choice to put right. */
export function mappingProblems(mapping: Mapping, files: number): readonly MappingProblem[] {
  const problems: MappingProblem[] = [];
  const taken = new Map<string, string>();
  mapping.columns.forEach(({ column, as }, index) => {
    if (as.role !== "field" && as.role !== "count") return;
    const value = roleValue(as);
    const other = taken.get(value);
    // Files with different headings may each have a column of their own for the same thing.
    if (other !== undefined && files === 1)
      problems.push({
        text: `“${other}” and “${column}” cannot both hold the same thing. Choose another meaning for one, or leave it out.`,
        href: `#as-${index}`,
      });
    taken.set(value, column);
  });
  if (mapping.kind === "records" && !taken.has("field:dateReferred"))
    problems.push({
      text: "Say which column holds the date of referral. Without it no referral can be counted.",
      href: "#as-0",
    });
  return problems;
}

function chosenRole(
  column: InspectedColumn,
  choice: string | null,
  dates: string | null,
): ColumnRole {
  const format = DATE_FORMATS.find((one) => one === dates);
  if (choice === null || choice === roleValue(column.as))
    return column.as.role === "field" && format ? { ...column.as, dates: format } : column.as;
  const [kind, name] = choice.split(":");
  const field = FIELDS.find((one) => one === name);
  if (kind === "field" && field)
    return { role: "field", field, ...(format ? { dates: format } : {}) };
  const count = COUNT_FIELDS.find((one) => one === name);
  if (kind === "count" && count) return { role: "count", count };
  if (choice === "characteristic")
    return { role: "characteristic", characteristic: column.column.trim() };
  if (choice === "ignored") return { role: "ignored" };
  throw new TaprootError(
    "unknownMeaning",
    `The column “${column.column}” cannot be what was chosen. Go back and choose a meaning from the list.`,
  );
}
