import {
  type InsideStep,
  type LeakStart,
  type LeakStep,
  leakSteps,
  MOST_FAIR,
  usualEnd,
} from "@taproot/awareness";
import { countableCharacteristics } from "@taproot/engine";
import { type Characteristic, type Cut, standardCharacteristic } from "@taproot/model";
import type { View } from "../words/choices.ts";
import type { LoadedData } from "./loaded-data.ts";

/** What can be looked into: a step at which referrals are reached or lost, or the wait. */
export type WhyStep = InsideStep;

/** What the address of the page of reasons says besides the view: who, against whom, and which splits. */
export interface WhyChoices {
  readonly cut: Cut;
  /** Undefined: everyone else. */
  readonly against?: Cut;
  readonly from: LeakStart;
  /** Undefined where the data record no step. */
  readonly to?: LeakStep;
  /** The step that is looked into; undefined: the one with the largest part. */
  readonly step?: WhyStep;
  /** By what services are told apart; undefined where nothing tells them apart. */
  readonly split?: string;
  readonly fair: readonly string[];
  /** True where nobody has chosen yet what is fair. */
  readonly fairByDefault: boolean;
}

/** What is offered to choose from. */
export interface WhyOffer {
  /** How far the pathway can be followed. */
  readonly steps: readonly LeakStep[];
  /** What can be looked into. */
  readonly inside: readonly WhyStep[];
  readonly splits: readonly string[];
  readonly fair: readonly string[];
}

/** Stands for "nothing is fair", so that an empty choice can be told from none. */
export const NOTHING_FAIR = "nothing";

const FAIR_AT_FIRST = ["age", "urgency"];
const SPLITS = ["service", "team", "setting", "source", "place", "urgency"];
/** What can be counted on demand and is neither who people are nor how they come. */
const NEVER_FAIR = new Set([
  "area",
  "deprivationDecile",
  "referredWeek",
  "referredMonth",
  "declineReason",
  "removalReason",
  "instrument",
  "period",
]);

/** The names of everything that the open data can be crossed by. */
export function crossable(data: LoadedData): readonly string[] {
  const { description } = data.dataset.manifest;
  return description
    ? countableCharacteristics(description)
    : data.about.characteristics.map(({ name }) => name);
}

/** What can be split by and held fair for a group. */
export function whyOffer(data: LoadedData, cut: Cut, from: LeakStart): WhyOffer {
  const names = crossable(data).filter((name) => !(name in cut));
  const steps = leakSteps(data.people, from);
  return {
    steps,
    inside: inside(steps, data),
    splits: SPLITS.filter((name) => names.includes(name) && severalGroups(data, name)),
    fair: names.filter((name) => !NEVER_FAIR.has(name) && severalGroups(data, name)),
  };
}

function inside(steps: readonly LeakStep[], data: LoadedData): readonly WhyStep[] {
  const waits = data.people.waitWeeks.length > 0;
  return steps.flatMap((step): WhyStep[] =>
    step === "referred" ? [] : step === "seen" && waits ? ["wait", "seen"] : [step],
  );
}

/** Reads the choices from an address. What the data do not have is left out, so that an old link still opens. */
export async function readWhy(
  query: URLSearchParams,
  data: LoadedData,
  view: View,
): Promise<WhyChoices> {
  const cut = cutIn(query, data) ?? (await firstCut(data, view));
  const against = againstIn(query, data, cut);
  const needed = query.get("start") === "needed" || view.step === "referred";
  const from = needed && data.people.population ? "needed" : "referred";
  const offer = whyOffer(data, cut, from);
  const { steps } = offer;
  const wanted = steps.find((step) => step === query.get("end"));
  const to = wanted ?? (view.step === "improved" ? "improved" : usualEnd(steps));
  const step = offer.inside.find((one) => one === view.step);
  const split = offer.splits.find((name) => name === query.get("split")) ?? offer.splits[0];
  const fair = query.getAll("fair");
  const fairByDefault = fair.length === 0;
  return {
    cut,
    ...(against ? { against } : {}),
    from,
    ...(to ? { to } : {}),
    ...(step ? { step } : {}),
    ...(split ? { split } : {}),
    fair: offer.fair
      .filter((name) => (fairByDefault ? FAIR_AT_FIRST : fair).includes(name))
      .slice(0, MOST_FAIR),
    fairByDefault,
  };
}

/** The choices as what an address holds besides the view. */
export function whyQuery(
  choices: WhyChoices,
): Readonly<Record<string, string | readonly string[] | undefined>> {
  const { cut, against, from, to, step, split, fair, fairByDefault } = choices;
  return {
    by: Object.keys(cut),
    group: Object.values(cut),
    against: against ? Object.keys(cut).map((name) => against[name]!) : undefined,
    start: from === "needed" ? from : undefined,
    end: to,
    step,
    split,
    fair: fairByDefault ? undefined : fair.length > 0 ? fair : NOTHING_FAIR,
  };
}

/** A cut as the value of one choice in a list: "by=age&group=65+to+74". */
export function cutValue(cut: Cut, field: "group" | "against" = "group"): string {
  const query = new URLSearchParams();
  for (const [name, group] of Object.entries(cut)) {
    if (field === "group") query.append("by", name);
    query.append(field, group);
  }
  return query.toString();
}

/**
 * What the form sends as one choice ("who", "with") put into the names that the address has. Undefined where the address is
 * in order already.
 */
export function inOrder(query: URLSearchParams): URLSearchParams | undefined {
  const who = query.get("who");
  const against = query.get("with");
  if (who === null && against === null) return undefined;
  const kept = [...query].filter(
    ([name, value]) => value !== "" && !["who", "with", "by", "group", "against"].includes(name),
  );
  return new URLSearchParams([
    ...new URLSearchParams(who ?? ""),
    ...new URLSearchParams(against ?? ""),
    ...kept,
  ]);
}

/** The cut that an address names by pairs of a characteristic and its group; undefined where it names none that exists. */
function cutIn(query: URLSearchParams, data: LoadedData): Cut | undefined {
  const names = query.getAll("by");
  const groups = query.getAll("group");
  if (names.length === 0) return undefined;
  const cut: Record<string, string> = {};
  for (const [i, name] of names.entries()) {
    const characteristic = data.about.characteristics.find((one) => one.name === name);
    if (!characteristic) return undefined;
    const group =
      characteristic.groups.find((one) => one.name === groups[i]) ?? firstKnown(characteristic);
    if (!group) return undefined;
    cut[name] = group.name;
  }
  return cut;
}

function againstIn(query: URLSearchParams, data: LoadedData, cut: Cut): Cut | undefined {
  const names = Object.keys(cut);
  const groups = query.getAll("against");
  if (groups.length !== names.length) return undefined;
  const against: Record<string, string> = {};
  for (const [i, name] of names.entries()) {
    const characteristic = data.about.characteristics.find((one) => one.name === name);
    const group = characteristic?.groups.find((one) => one.name === groups[i]);
    if (!group) return undefined;
    against[name] = group.name;
  }
  return names.some((name) => against[name] !== cut[name]) ? against : undefined;
}

/** The cut of the finding at the top of the list; without one the most deprived fifth, or the first group there is. */
async function firstCut(data: LoadedData, view: View): Promise<Cut> {
  const { only } = view;
  const wanted = (names: readonly string[]) =>
    only === undefined || names.every((name) => only.includes(name));
  const { findings } = await data.findings(view.selection);
  const top = findings.find((finding) => wanted(Object.keys(finding.cut)));
  if (top) return top.cut;
  const characteristics = data.about.characteristics.filter(({ name }) => wanted([name]));
  const first =
    characteristics.find(({ name }) => name === "deprivation") ??
    characteristics.find((one) => one.about === "person" && firstKnown(one)) ??
    characteristics.find((one) => one.about !== "time" && firstKnown(one));
  const group = first && firstKnown(first);
  return first && group ? { [first.name]: group.name } : {};
}

function firstKnown({ groups }: Characteristic) {
  return groups.find((group) => !group.unknown);
}

/** True unless the stored counts say that there is one group only. */
function severalGroups(data: LoadedData, name: string): boolean {
  const stored = data.about.characteristics.find((one) => one.name === name);
  return !stored || stored.groups.filter((group) => !group.unknown).length > 0;
}

/** A characteristic in the middle of a sentence. */
export function subject(name: string): string {
  return standardCharacteristic(name).subject;
}
