import { createHash } from "node:crypto";
import {
  ageBandsOf,
  areaLevels,
  areasInNeed,
  fifthsInNeed,
  type GroupsInNeed,
  groupsOfCounts,
  type InequityOfUse,
  inequityOfUse,
  type Need,
  type NeedChoice,
  type NeedPeriod,
  type NeedTable,
  needChoices,
  needTable,
  type PeopleInNeed,
  peopleByGroup,
  peopleInNeed,
  type ReferralTally,
  referralsInNeed,
  type UseByArea,
  useByArea,
  usualLevel,
} from "@taproot/awareness";
import { type Cube, countableCharacteristics, type Selection } from "@taproot/engine";
import type { AreaProfiles, PlaceSource } from "@taproot/place";
import { type Absent, isAbsent } from "@taproot/statistics";
import type { View } from "../words/choices.ts";
import { daysOfRun } from "../words/periods.ts";
import type { LoadedData } from "./loaded-data.ts";
import { type ChosenCatchment, chooseCatchment } from "./need-catchment.ts";
import type { NeedPlaces } from "./need-places.ts";
import { type NeedQuestion, needOf } from "./need-question.ts";

/** What stands in the way of an answer. */
export type NeedObstacle = "noAreas" | "noPopulation" | "noCountedPopulation" | "nobodyPlaced";

/** Use beside need, as far as the data and the populations allow. */
export type NeedAnswer = NeedOfRecords | NeedOfCounts | NeedCannot;

/** There is no answer; what to add is said on the page. */
export interface NeedCannot {
  readonly kind: "cannot";
  readonly obstacle: NeedObstacle;
  readonly catchment?: ChosenCatchment;
}

/** From a table of counts that brings its own population. */
export interface NeedOfCounts {
  readonly kind: "counts";
  readonly table: NeedTable;
  readonly offered: readonly string[];
  readonly inequity: InequityOfUse | undefined;
  readonly period?: NeedPeriod;
  /** How many periods of the table are added up. */
  readonly periods: number;
}

/** From records, with the populations that were added. */
export interface NeedOfRecords {
  readonly kind: "records";
  readonly choices: readonly NeedChoice[];
  readonly bands: readonly string[];
  readonly need: Need;
  readonly catchment: ChosenCatchment;
  readonly profiles: AreaProfiles;
  /** By group; or why the chosen groups cannot be compared. */
  readonly table: NeedTable | Absent;
  readonly by: string;
  /** What groups can be by. */
  readonly offered: readonly string[];
  readonly tally: ReferralTally;
  /** How many times as much as a count of single people the number of referrals varies. */
  readonly spread: number;
  /** At the level that was asked for, or the usual one. */
  readonly byArea: UseByArea;
  /** All levels that can be asked for, finest first. */
  readonly levels: readonly UseByArea[];
  readonly inequity: InequityOfUse | undefined;
  readonly sources: readonly PlaceSource[];
  readonly notes: readonly string[];
  readonly period?: NeedPeriod;
  /** Characteristics of people that the address narrows by and that a population cannot be narrowed by. */
  readonly notNarrowed: readonly string[];
}

/** What groups of people can be by, where population and records hold it. */
const COMPARED_BY = ["ethnicity", "age", "sex", "disability", "carer"] as const;

/** Works out use beside need for the open data. */
export function needAnswer(
  data: LoadedData,
  places: NeedPlaces,
  view: View,
  question: NeedQuestion,
): Promise<NeedAnswer> {
  // How areas are sorted and which of them are on the page changes no number.
  const asked = { ...question, order: undefined, areasPage: undefined };
  return places
    .signature()
    .then((signature) =>
      data.answer(["need", signature, view.by, view.selection, asked], () =>
        data.table
          ? Promise.resolve(ofCounts(data.table, view, question))
          : ofRecords(data, keptPlaces(data, places, signature), view, question),
      ),
    );
}

/** The same places, each question asked once: another comparison or need asks nothing new of them. */
function keptPlaces(data: LoadedData, places: NeedPlaces, signature: string): NeedPlaces {
  const keyOf = (options: unknown) =>
    createHash("sha256").update(JSON.stringify(options)).digest("hex");
  return {
    ...places,
    profiles: (options) =>
      data.answer(["profiles", signature, keyOf(options)], () => places.profiles(options)),
  };
}

function ofCounts(cube: Cube, view: View, question: NeedQuestion): NeedAnswer {
  const offered = cube.characteristics
    .filter(({ about, groups }) => (about === "person" || about === "place") && groups.length > 2)
    .map(({ name }) => name);
  const by = offered.find((name) => name === view.by) ?? offered[0];
  if (by === undefined) return { kind: "cannot", obstacle: "noCountedPopulation" };
  const { selection } = withoutPeople(view.selection, cube);
  const groups = groupsOfCounts(cube, by, selection);
  if (isAbsent(groups)) return { kind: "cannot", obstacle: "noCountedPopulation" };
  const { from, to } = cube.data;
  const chosen = selection.period;
  // Each count of the population stands for one period of the table.
  const periods =
    (cube.characteristics.find(({ name }) => name === "period")?.groups.length ?? 2) - 1;
  const years =
    from && to
      ? (Date.parse(to) - Date.parse(from)) / 86_400_000 / 365.25 / (periods - 1)
      : undefined;
  const period = from && to && !chosen ? { from, to } : undefined;
  const rounded = years && Math.abs(years - Math.round(years)) < 0.02 ? Math.round(years) : years;
  return {
    kind: "counts",
    table: needTable(groups, {
      standard: question.standard,
      ...(period ? { period } : {}),
      ...(rounded ? { years: rounded } : {}),
    }),
    offered,
    inequity: inequityOfUse(groups),
    ...(period ? { period } : {}),
    periods: chosen?.length ?? periods,
  };
}

async function ofRecords(
  data: LoadedData,
  places: NeedPlaces,
  view: View,
  question: NeedQuestion,
): Promise<NeedAnswer> {
  const { description } = data.dataset.manifest;
  const countable = description ? countableCharacteristics(description) : [];
  if (!countable.includes("area")) return { kind: "cannot", obstacle: "noAreas" };
  const { selection: all, people: notNarrowed } = withoutPeople(view.selection, data.about);
  const { period, referred, selection } = periodOf(all, data);
  const count = async (names: readonly string[]) => {
    const characteristics = [...new Set([...names, ...Object.keys(selection)])];
    const cube = await data.count({ characteristics, ...(referred ? { referred } : {}) });
    if (!cube) throw new Error("records that are described cannot be counted");
    return cube;
  };
  const ages = data.about.characteristics.find(({ name }) => name === "age")?.groups ?? [];
  const recorded = ["age", "sex"].filter((name) => countable.includes(name));
  const base = await count(["area", ...recorded]);
  const chosen = await chooseCatchment(base, places, {
    question,
    selection,
    ageBands: ages.filter((group) => !group.unknown).map((group) => group.name),
  });
  if (!chosen) return { kind: "cannot", obstacle: "nobodyPlaced" };
  const { profiles, ...catchment } = chosen;
  const choices = needChoices(profiles);
  const bands = countable.includes("age") ? ageBandsOf(profiles) : [];
  const need = needOf(question, choices, bands);
  const inNeed = peopleInNeed(profiles, { need, recorded });
  if (isAbsent(inNeed)) return { kind: "cannot", obstacle: "noPopulation", catchment };
  const spread = (await data.referralsPerPerson(referred)) ?? 1;
  const laid = referralsInNeed(base, profiles, inNeed, { need, selection, spread });
  const fifths = fifthsInNeed(profiles, inNeed, laid);
  const hasFifths = profiles.deprivationQuintile.some((fifth) => fifth > 0);
  const offered = [
    ...(hasFifths ? ["deprivation"] : []),
    ...COMPARED_BY.filter(
      (by) => countable.includes(by) && !isAbsent(peopleInNeed(profiles, { need, recorded, by })),
    ),
  ];
  const asked = ["deprivation", ...COMPARED_BY].find((name) => name === view.by);
  const by = asked ?? offered[0] ?? "deprivation";
  const options = { standard: question.standard, ...(period ? { period } : {}) };
  const compared =
    by === "deprivation" && hasFifths
      ? { groups: fifths, people: inNeed }
      : await compareBy(profiles, { need, recorded, by, countable, selection, spread, count });
  return {
    kind: "records",
    choices,
    bands,
    need,
    catchment,
    profiles,
    by,
    offered,
    table: isAbsent(compared) ? compared : needTable(compared.groups, options),
    tally: laid.tally,
    spread,
    ...byLevel(profiles, areasInNeed(profiles, inNeed, laid), inNeed.table.covers, question),
    inequity: hasFifths ? inequityOfUse(fifths, residentsByFifth(profiles, need)) : undefined,
    ...readFrom(profiles, inNeed, isAbsent(compared) ? undefined : compared.people),
    ...(period ? { period } : {}),
    notNarrowed,
  };
}

/** Areas at the level that was asked for where there is such a one, else at the usual one. */
function byLevel(
  profiles: AreaProfiles,
  groups: GroupsInNeed,
  covers: Uint8Array,
  { level }: NeedQuestion,
) {
  const levels = areaLevels(profiles, covers).map((each) =>
    useByArea(profiles, groups, covers, each),
  );
  const byArea = levels.find((one) => one.level === level) ?? usualLevel(levels);
  return { levels, byArea: byArea ?? useByArea(profiles, groups, covers) };
}

interface CompareBy {
  readonly need: Need;
  readonly recorded: readonly string[];
  readonly by: string;
  readonly countable: readonly string[];
  readonly selection: Selection;
  readonly spread: number;
  readonly count: (names: readonly string[]) => Promise<Cube>;
}

async function compareBy(
  profiles: AreaProfiles,
  { need, recorded, by, countable, selection, spread, count }: CompareBy,
): Promise<{ readonly groups: GroupsInNeed; readonly people: PeopleInNeed } | Absent> {
  const people = peopleInNeed(profiles, { need, recorded, by });
  if (isAbsent(people)) return people;
  if (!countable.includes(by))
    return { absent: "notRecorded", message: "The records do not hold what is compared." };
  const cube = await count(["area", ...people.kindsBy, by]);
  const laid = referralsInNeed(cube, profiles, people, { need, by, selection, spread });
  return { groups: peopleByGroup(cube, by, people, laid), people };
}

/** Fifths are ranked by all who live there, also where need counts only some. */
function residentsByFifth(profiles: AreaProfiles, need: Need): Float64Array | undefined {
  if (need.kind === "everyone") return undefined;
  const everyone = peopleInNeed(profiles, { need: { kind: "everyone" }, recorded: [] });
  const counted = peopleInNeed(profiles, { need, recorded: need.kind === "age" ? ["age"] : [] });
  if (isAbsent(everyone) || isAbsent(counted)) return undefined;
  const [residents, inNeed] = [new Float64Array(5), new Float64Array(5)];
  profiles.deprivationQuintile.forEach((fifth, row) => {
    if (fifth === 0 || counted.table.covers[row] === 0) return;
    residents[fifth - 1]! += everyone.people[row]!;
    for (let kind = 0; kind < counted.kinds; kind++)
      inNeed[fifth - 1]! += counted.people[row * counted.kinds + kind]!;
  });
  return residents.filter((_, fifth) => inNeed[fifth]! > 0);
}

function readFrom(profiles: AreaProfiles, ...used: readonly (PeopleInNeed | undefined)[]) {
  const tables = used.flatMap((people) => (people ? [people.table] : []));
  const sources = new Map(
    tables.flatMap((table) => table.sources).map((source) => [JSON.stringify(source), source]),
  );
  return {
    sources: [...sources.values()],
    notes: [...new Set([...profiles.notes, ...tables.flatMap((table) => table.notes)])],
  };
}

/** A population cannot be narrowed to people of one language or fifth, so use is not either. */
function withoutPeople(selection: Selection, cube: Pick<Cube, "characteristics">) {
  const about = (name: string) =>
    cube.characteristics.find((one) => one.name === name)?.about ?? "person";
  const entries = Object.entries(selection);
  return {
    selection: Object.fromEntries(
      entries.filter(([name]) => about(name) !== "person"),
    ) as Selection,
    people: entries.filter(([name]) => about(name) === "person").map(([name]) => name),
  };
}

/** The days that are looked at: a run of months or quarters, or all the days of the data. */
function periodOf(all: Selection, data: LoadedData) {
  const { from, to } = data.dataset.manifest.data;
  const whole = from && to ? { from: from.slice(0, 10), to: to.slice(0, 10) } : undefined;
  const { period: quarters, referredMonth: months, ...selection } = all;
  const run = months ?? quarters;
  const chosen = run ? daysOfRun(run) : undefined;
  if (!chosen) return { selection: all, ...(whole && !run ? { period: whole } : {}) };
  const period = {
    from: whole && whole.from > chosen.from ? whole.from : chosen.from,
    to: whole && whole.to < chosen.to ? whole.to : chosen.to,
  };
  return { selection: selection as Selection, period, referred: chosen };
}
