import type { InspectedColumn, Inspection } from "@taproot/ingest";
import {
  COUNT_FIELDS,
  type ColumnRole,
  DATE_FORMATS,
  FIELDS,
  type Mapping,
  TaprootError,
} from "@taproot/model";

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
  const smallest = Number(form.get("smallest-change"));
  const { mapping } = inspection;
  const measured = mapping.outcome ?? { higherIsBetter: true, smallestChange: 0 };
  const columns = inspection.columns.map((column, index) => ({
    column: column.column,
    as: chosenRole(column, form.get(`as-${index}`), form.get(`dates-${index}`)),
  }));
  const scores = columns.some(({ as }) => as.role === "field" && as.field === "scoreAfter");
  return {
    ...mapping,
    columns,
    ...(scores || mapping.outcome
      ? {
          outcome: {
            higherIsBetter: form.has("better")
              ? form.get("better") === "higher"
              : measured.higherIsBetter,
            smallestChange:
              form.has("smallest-change") && Number.isFinite(smallest) && smallest > 0
                ? smallest
                : measured.smallestChange,
          },
        }
      : {}),
    confirmed: true,
  };
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
