import type { FindingStep } from "@taproot/awareness";
import type { Cube, Selection } from "@taproot/engine";
import type { Characteristic } from "@taproot/model";
import { FINDING_STEPS } from "./steps.ts";

/** What the address bar says is looked at. The same address always gives the same view of the same data. */
export interface View {
  /** The characteristic that people are compared by. */
  readonly by?: string;
  readonly step?: FindingStep;
  /** Whose waits: everyone referred, or those accepted. */
  readonly of?: "referred" | "accepted";
  /** The part of the service: `in.team=North` and so on. */
  readonly selection: Selection;
  /** Everything there is, not only the first. */
  readonly all: boolean;
}

const PREFIX = "in.";

/** Reads a view from an address; what the data do not have is left out, so that an old link still opens. */
export function readView(query: URLSearchParams, cube: Cube): View {
  const by = cube.characteristics.find((one) => one.name === query.get("by"))?.name;
  const step = FINDING_STEPS.find((one) => one === query.get("step"));
  const of = query.get("of");
  const selection: Record<string, readonly string[]> = {};
  for (const characteristic of cube.characteristics) {
    const wanted = query.getAll(PREFIX + characteristic.name);
    const groups = characteristic.groups.map((group) => group.name);
    const kept = groups.filter((group) => wanted.includes(group));
    if (kept.length > 0) selection[characteristic.name] = kept;
  }
  return {
    ...(by ? { by } : {}),
    ...(step ? { step } : {}),
    ...(of === "accepted" || of === "referred" ? { of } : {}),
    selection,
    all: query.get("show") === "all",
  };
}

/**
 * The address of a view: a path and its query, in one order.
 *
 * @param more what the page lets people choose besides: a name may have several values; nothing and empty ones are left out
 */
export function viewAddress(
  path: string,
  view: Partial<View>,
  more: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): string {
  const query = new URLSearchParams();
  if (view.by) query.set("by", view.by);
  if (view.step) query.set("step", view.step);
  if (view.of) query.set("of", view.of);
  for (const name of Object.keys(view.selection ?? {}).sort())
    for (const group of view.selection?.[name] ?? []) query.append(PREFIX + name, group);
  if (view.all) query.set("show", "all");
  for (const name of Object.keys(more).sort())
    for (const value of [more[name] ?? []].flat()) if (value !== "") query.append(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** The name of a form's field that narrows the service by one characteristic. */
export function selectionField(characteristic: string): string {
  return PREFIX + characteristic;
}

/** The part of the service that is looked at, in words; undefined when it is all of it. */
export function selectionInWords(
  selection: Selection,
  characteristics: readonly Characteristic[],
): string | undefined {
  const parts = Object.entries(selection).map(([name, groups]) => {
    const label = characteristics.find((one) => one.name === name)?.label ?? name;
    return `${label}: ${groups.join(" or ")}`;
  });
  return parts.length > 0 ? parts.join("; ") : undefined;
}
