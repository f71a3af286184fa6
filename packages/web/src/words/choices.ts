import type { FindingStep } from "@taproot/awareness";
import type { Cube, Selection } from "@taproot/engine";
import type { Characteristic, Cut } from "@taproot/model";
import { cutFrom, cutValues } from "./group-choice.ts";
import { monthsOfQuarter } from "./periods.ts";
import { FINDING_STEPS } from "./steps.ts";

/** What the address bar says is looked at. The same address always gives the same view of the same data. */
export interface View {
  /** The characteristic that people are compared by. */
  readonly by?: string;
  readonly step?: FindingStep;
  /** Whose waits: everyone referred, or those accepted. */
  readonly of?: "referred" | "accepted";
  /** Only gaps between groups of these characteristics: what a ready view looks at. */
  readonly only?: readonly string[];
  /** The part of the service: `in.team=North` and so on; `from` and `to` for a run of periods. */
  readonly selection: Selection;
  /** Everything there is, not only the first. */
  readonly all: boolean;
  /** The group that the questions are about, and its step: what the thread from page to page keeps. */
  readonly about?: About;
}

/** Whom, and at which step, a conversation is about. */
export interface About {
  readonly cut: Cut;
  readonly step?: FindingStep;
}

const PREFIX = "in.";

/** Reads a view from an address; what the data do not have is left out, so that an old link still opens. */
export function readView(query: URLSearchParams, cube: Pick<Cube, "characteristics">): View {
  const by = cube.characteristics.find((one) => one.name === query.get("by"))?.name;
  const step = FINDING_STEPS.find((one) => one === query.get("step"));
  const of = query.get("of");
  const selection: Record<string, readonly string[]> = {};
  for (const characteristic of cube.characteristics) {
    // Months come as a run, by its ends.
    if (characteristic.name === MONTH) continue;
    const wanted = query.getAll(PREFIX + characteristic.name);
    const groups = characteristic.groups.map((group) => group.name);
    const kept = groups.filter((group) => wanted.includes(group));
    if (kept.length > 0) selection[characteristic.name] = kept;
  }
  const time = finestTime(cube.characteristics);
  const run = time && runBetween(time, query.get("from"), query.get("to"));
  if (run && run.length < knownNames(time).length) selection[time.name] = run;
  const only = cube.characteristics
    .map((one) => one.name)
    .filter((name) => query.getAll("only").includes(name));
  return {
    ...(by ? { by } : {}),
    ...(step ? { step } : {}),
    ...(of === "accepted" || of === "referred" ? { of } : {}),
    ...(only.length > 0 ? { only } : {}),
    selection,
    all: query.get("show") === "all",
    ...aboutIn(query, cube),
  };
}

/** The names of what the thread keeps in an address. */
const ABOUT = "about";
const ABOUT_STEP = "about-step";

function aboutIn(query: URLSearchParams, cube: Pick<Cube, "characteristics">): Pick<View, "about"> {
  const cut = cutFrom(query.getAll(ABOUT), cube.characteristics);
  if (Object.keys(cut).length === 0) return {};
  const step = FINDING_STEPS.find((one) => one === query.get(ABOUT_STEP));
  return { about: { cut, ...(step ? { step } : {}) } };
}

/** What the thread keeps, as an address or a form holds it. */
export function aboutQuery(
  about: About | undefined,
): Readonly<Record<string, string | readonly string[] | undefined>> {
  const groups = about ? cutValues(about.cut) : [];
  return groups.length > 0 ? { [ABOUT]: groups, [ABOUT_STEP]: about?.step } : {};
}

const PERIOD = "period";
const MONTH = "referredMonth";

/** The characteristics that say when people were referred. Pages that compare times choose these by themselves. */
export const TIMES: readonly string[] = [PERIOD, MONTH];

/** By what runs of time are chosen: months, or the periods of a table of counts. */
export function finestTime(characteristics: readonly Characteristic[]): Characteristic | undefined {
  const named = (name: string) => characteristics.find((one) => one.name === name);
  return named(MONTH) ?? named(PERIOD);
}

/**
 * The months or periods from the one to the other, both included; either may be left out. A quarter that an address names
 * stands for its months.
 */
export function runBetween(
  time: Characteristic,
  first: string | null,
  last: string | null,
): readonly string[] | undefined {
  const known = knownNames(time);
  const place = (name: string | null, month: (quarter: string) => string | undefined) => {
    const at = known.indexOf(name ?? "");
    return at >= 0 ? at : known.indexOf(month(name ?? "") ?? "");
  };
  const from = place(first, (quarter) => monthsOfQuarter(quarter)?.[0]);
  const to = place(last, (quarter) => monthsOfQuarter(quarter)?.at(-1));
  if (from < 0 && to < 0) return undefined;
  const run = known.slice(Math.max(from, 0), to < 0 ? known.length : to + 1);
  return run.length > 0 ? run : undefined;
}

function knownNames({ groups }: Characteristic): readonly string[] {
  return groups.filter((group) => !group.unknown).map((group) => group.name);
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
  for (const name of view.only ?? []) query.append("only", name);
  for (const name of Object.keys(view.selection ?? {}).sort())
    for (const [key, group] of addressed(name, view.selection?.[name] ?? []))
      query.append(key, group);
  if (view.all) query.set("show", "all");
  const rest = { ...aboutQuery(view.about), ...more };
  for (const name of Object.keys(rest).sort())
    for (const value of [rest[name] ?? []].flat()) if (value !== "") query.append(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** How an address names the groups of a selection: a run of months by its ends. */
function addressed(
  name: string,
  groups: readonly string[],
): readonly (readonly [string, string])[] {
  const [first] = groups;
  const last = groups.at(-1);
  if (name === MONTH && first !== undefined && last !== undefined)
    return [
      ["from", first],
      ["to", last],
    ];
  return groups.map((group) => [PREFIX + name, group] as const);
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
    const characteristic = characteristics.find((one) => one.name === name);
    const label = characteristic?.label ?? name;
    const [first] = groups;
    // A run of periods is named by its ends.
    if (groups.length > 2 && characteristic?.ordered)
      return `${label}: ${first} until ${groups.at(-1)}`;
    return `${label}: ${groups.join(" or ")}`;
  });
  return parts.length > 0 ? parts.join("; ") : undefined;
}
