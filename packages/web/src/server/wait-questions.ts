import {
  type MeanWaits,
  meanWaitsBy,
  type OverLimitTable,
  overLimitBy,
  type WaitsByReferral,
  type WaitsTable,
  waitsBy,
  waitsByReferral,
} from "@taproot/awareness";
import { type Cube, type CubePart, clockIsRecorded, type Selection } from "@taproot/engine";
import {
  CLOCK_ENDS,
  CLOCK_STARTS,
  CLOCKS,
  type Clock,
  COMMUNITY_CLOCK,
  clockRuns,
  type Group,
  LONGEST_WAIT_WEEKS,
} from "@taproot/model";
import type { View } from "../words/choices.ts";
import type { LoadedData } from "./loaded-data.ts";

/** The name of a clock that a person set. */
export const OWN_CLOCK = "own";

/** What the address says of waits besides the view. */
export interface WaitsChoices {
  readonly clock: Clock;
  /** Why the clock that was asked for is not shown. */
  readonly problem?: string;
  /** How far mean waits are counted; chosen by the data when absent. */
  readonly upTo?: number;
  /** Referrals by week or by month; by how long the data are when absent. */
  readonly each?: "week" | "month";
  /** Whose referrals are shown by when they were made: one group of the characteristic; everyone's when absent. */
  readonly group?: string;
}

/** Reads a clock and what else is chosen on the page from an address. */
export function readWaitsChoices(query: URLSearchParams, data: LoadedData): WaitsChoices {
  const each = query.get("each");
  const upTo = wholeWeeks(query.get("upTo"));
  const group = query.get("group");
  return {
    ...clockChosen(query, data),
    ...(upTo ? { upTo } : {}),
    ...(each === "week" || each === "month" ? { each } : {}),
    ...(group ? { group } : {}),
  };
}

/** The same as an address holds it. */
export function waitsParameters({
  clock,
  upTo,
  each,
  group,
}: WaitsChoices): Record<string, string> {
  return {
    ...(clock.name === COMMUNITY_CLOCK.name ? {} : { clock: clock.name }),
    ...(clock.name === OWN_CLOCK
      ? { clockFrom: clock.from, clockTo: clock.to, clockLimit: String(clock.limitWeeks) }
      : {}),
    ...(upTo ? { upTo: String(upTo) } : {}),
    ...(each ? { each } : {}),
    ...(group ? { group } : {}),
  };
}

function wholeWeeks(text: string | null): number | undefined {
  const weeks = Number(text ?? Number.NaN);
  return Number.isInteger(weeks) && weeks >= 1 && weeks <= LONGEST_WAIT_WEEKS ? weeks : undefined;
}

const STARTS = { referred: "Referral", accepted: "Acceptance", seen: "First contact" } as const;
const ENDS = { decided: "decision", seen: "first contact", completed: "completion" } as const;

/** True where these data say when a clock starts and stops. */
export function clockCounts(data: LoadedData, clock: Clock): boolean {
  const { description } = data.dataset.manifest;
  if (clock.from === "referred" && clock.to === "seen") return data.people.waitWeeks.length > 0;
  return description !== undefined && clockIsRecorded(description, clock);
}

function clockChosen(
  query: URLSearchParams,
  data: LoadedData,
): { readonly clock: Clock; readonly problem?: string } {
  const name = query.get("clock") ?? COMMUNITY_CLOCK.name;
  const clock = name === OWN_CLOCK ? ownClock(query) : CLOCKS.find((one) => one.name === name);
  const instead = `What is shown instead is “${COMMUNITY_CLOCK.label}”.`;
  if (!clock)
    return {
      clock: COMMUNITY_CLOCK,
      problem: `A clock of your own needs a start that comes before its end, and a limit of 1 to ${LONGEST_WAIT_WEEKS} whole weeks. ${instead}`,
    };
  if (clock.name !== COMMUNITY_CLOCK.name && !clockCounts(data, clock))
    return {
      clock: COMMUNITY_CLOCK,
      problem: `These data do not hold the dates of the clock “${clock.label}”. ${instead} Open a file that has both dates to see it.`,
    };
  return { clock };
}

function ownClock(query: URLSearchParams): Clock | undefined {
  const from = CLOCK_STARTS.find((one) => one === query.get("clockFrom"));
  const to = CLOCK_ENDS.find((one) => one === query.get("clockTo"));
  const limitWeeks = wholeWeeks(query.get("clockLimit"));
  if (!from || !to || !limitWeeks || !clockRuns({ from, to })) return undefined;
  return { name: OWN_CLOCK, label: `${STARTS[from]} to ${ENDS[to]}`, from, to, limitWeeks };
}

/** Everything that the page about waits shows, of one clock and one characteristic. */
export interface WaitsAnswers {
  readonly table: WaitsTable;
  readonly means: MeanWaits;
  readonly over: OverLimitTable;
}

/** Works out the waits by one characteristic; from the stored counts where they hold the clock, else from the records. */
export async function answerWaits(
  data: LoadedData,
  by: string | undefined,
  view: View,
  choices: WaitsChoices,
): Promise<WaitsAnswers> {
  const { upTo, clock } = choices;
  const wanted = countedTogether(data, by, choices);
  const { cube, selection } = await partByClock(data, wanted, view.selection, clock);
  return data.answer(["waits", by, view.selection, view.of, clock, upTo], () => {
    const held = cube.characteristics.some(({ name }) => name === by);
    const question = {
      selection,
      ...(by && held ? { characteristic: by } : {}),
      ...(view.of && ordinary(clock) ? { of: view.of } : {}),
    };
    return {
      table: waitsBy(cube, question),
      means: meanWaitsBy(cube, { ...question, ...(upTo ? { horizonWeeks: upTo } : {}) }),
      over: overLimitBy(cube, question),
    };
  });
}

/** The waits of each week's or month's referrals, and whose they are. */
export interface ReferralsAnswer {
  readonly referrals: WaitsByReferral;
  /** The one group that is looked at; everyone when absent. */
  readonly whose?: Group;
}

/** The waits of each week's or month's referrals; undefined where the data hold no records to count. */
export async function answerReferrals(
  data: LoadedData,
  by: string | undefined,
  view: View,
  choices: WaitsChoices,
): Promise<ReferralsAnswer | undefined> {
  const { clock, group } = choices;
  if (!clockCounts(data, clock)) return undefined;
  const characteristic = timeOfReferral(data, choices);
  const whose = data.about.characteristics
    .find(({ name }) => name === by)
    ?.groups.find(({ name }) => name === group);
  const wanted = new Set([...countedTogether(data, by, choices), characteristic]);
  const ofGroup = by && whose ? { [by]: [whose.name] } : {};
  // A group that is looked at takes the place of a filter by the same characteristic.
  const within = by && by in view.selection ? { ...view.selection, ...ofGroup } : view.selection;
  const part = await countedByClock(data, [...wanted], within, clock);
  if (!part) return undefined;
  const referrals = data.answer(
    ["waits by referral", characteristic, view.selection, ofGroup, view.of, clock],
    () =>
      waitsByReferral(part.cube, {
        characteristic,
        selection: { ...part.selection, ...ofGroup },
        ...(view.of && ordinary(clock) ? { of: view.of } : {}),
      }),
  );
  return { referrals, ...(whose ? { whose } : {}) };
}

/** Says when people were referred, as far as referrals are told apart. */
function timeOfReferral(data: LoadedData, { each }: WaitsChoices): string {
  return (each ?? usualStep(data)) === "week" ? "referredWeek" : "referredMonth";
}

/** By what waits are counted: both questions of the page at once, unless that needs the records where one of them does not. */
function countedTogether(
  data: LoadedData,
  by: string | undefined,
  choices: WaitsChoices,
): readonly string[] {
  const time = timeOfReferral(data, choices);
  const stored = data.about.characteristics.some(({ name }) => name === time);
  const anew = !ordinary(choices.clock) && clockCounts(data, choices.clock);
  return [...new Set([...(by ? [by] : []), ...(stored || anew ? [time] : [])])];
}

/** Up to half a year is told week by week. */
const MOST_DAYS_BY_WEEK = 190;

/** How referrals are told apart unless a person chose. */
export function usualStep({ dataset }: LoadedData): "week" | "month" {
  const { from, to } = dataset.manifest.data;
  const days =
    from && to ? (Date.parse(to) - Date.parse(from)) / 86_400_000 : Number.POSITIVE_INFINITY;
  return days <= MOST_DAYS_BY_WEEK ? "week" : "month";
}

/** Only on the clock from referral to first contact is it a choice whether those not accepted are counted. */
export function ordinary(clock: Clock): boolean {
  return clock.from === "referred" && clock.to === "seen";
}

/** A part of the service by a clock, whatever its limit: another limit needs no new count. */
async function partByClock(
  data: LoadedData,
  wanted: readonly string[],
  selection: Selection,
  clock: Clock,
): Promise<CubePart> {
  const counted = await countedByClock(data, wanted, selection, clock);
  if (counted) return counted;
  const stored = data.over(wanted, selection);
  return { ...stored, cube: onClock(stored.cube, clock) };
}

async function countedByClock(
  data: LoadedData,
  characteristics: readonly string[],
  selection: Selection,
  clock: Clock,
): Promise<CubePart | undefined> {
  const { from, to } = clock;
  const stored = new Set(data.about.characteristics.map(({ name }) => name));
  if (ordinary(clock) && characteristics.every((name) => stored.has(name))) {
    const part = data.over(characteristics, selection);
    return { ...part, cube: onClock(part.cube, clock) };
  }
  const cube = await data.count({
    characteristics: [...new Set([...characteristics, ...Object.keys(selection)])],
    ...(ordinary(clock)
      ? {}
      : { clock: { ...clock, name: `${from}-${to}`, label: `${from} to ${to}`, limitWeeks: 1 } }),
  });
  return cube && { cube: onClock(cube, clock), selection };
}

/** The same counts by name of another clock; what is worked out when it is read stays so. */
function onClock(cube: Cube, clock: Clock): Cube {
  return Object.create(null, {
    ...Object.getOwnPropertyDescriptors(cube),
    clock: { value: clock, enumerable: true },
  });
}
