import {
  expectedNeed,
  floatingCatchment,
  horizontalInequity,
  isAbsent,
  missingReferrals,
  needGini,
  needUseRatio,
  type TravelDecay,
} from "@taproot/statistics";
import {
  type Measure,
  type MeasureColumn,
  type MeasureContext,
  type MeasureGroup,
  percentText,
  UnusableTable,
} from "../measure.ts";
import { resultForEachRow } from "../result-for-each-row.ts";

const used: MeasureColumn = {
  name: "used",
  kind: "number",
  description: "Referrals or contacts counted",
};
const needed: MeasureColumn = {
  name: "needed",
  kind: "number",
  description: "Number expected from need",
};
const neededError: MeasureColumn = {
  name: "needederror",
  kind: "number",
  description: "Standard error of the need",
  optional: true,
};

function useAndNeed(group: MeasureGroup) {
  const [use, need] = [group.numbers("used"), group.numbers("needed")];
  const errors = group.has("needederror") ? group.numbers("needederror") : undefined;
  return (row: number) => ({
    used: use[row] as number,
    needed: need[row] as number,
    ...(errors && { neededError: errors[row] as number }),
  });
}

const needUseRatioMeasure: Measure = {
  name: "need-use-ratio",
  question: "Is a service used as much as need says it should be?",
  page: "need-use-ratio",
  alternatives: [[used, needed, neededError]],
  method: ({ confidence }) =>
    `Use over need, Byar limits with the error of the need, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const row = useAndNeed(group);
    return resultForEachRow(group, (i) => needUseRatio(row(i), { confidence }));
  },
};

const missingReferralsMeasure: Measure = {
  name: "missing-referrals",
  question: "How many referrals are missing from an area?",
  page: "need-use-ratio",
  alternatives: [[used, needed, neededError]],
  options: [
    {
      name: "target",
      kind: "number",
      default: 1,
      description: "Ratio of use to need to be reached, 1 unless given",
    },
  ],
  method: ({ confidence, number }) =>
    `Need × ${number("target")} less use, Byar limits with the error of the need, ${percentText(confidence)}`,
  run(group, { confidence, number }) {
    const row = useAndNeed(group);
    return resultForEachRow(group, (i) =>
      missingReferrals(row(i), number("target"), { confidence }),
    );
  },
};

const expectedNeedMeasure: Measure = {
  name: "expected-need",
  question: "How many people in each area are likely to need the service?",
  page: "expected-need",
  alternatives: [
    [
      { name: "area", kind: "text", description: "Name of the area" },
      { name: "kind", kind: "text", description: "Kind of people: age band, sex and so on" },
      { name: "people", kind: "number", description: "How many of the kind live in the area" },
      { name: "prevalence", kind: "number", description: "Share of the kind that has the need" },
      {
        name: "prevalenceerror",
        kind: "number",
        description: "Standard error of the prevalence",
        optional: true,
      },
    ],
  ],
  method: ({ confidence }) =>
    `Indirect standardisation with the error of the prevalences, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const [areas, kinds] = [group.texts("area"), group.texts("kind")];
    const [people, prevalence] = [group.numbers("people"), group.numbers("prevalence")];
    const errors = group.has("prevalenceerror") ? group.numbers("prevalenceerror") : undefined;
    const names = [...new Set(areas)];
    const kindNames = [...new Set(kinds)];
    const first = kindNames.map((kind) => kinds.indexOf(kind));
    const populations = names.map(() => new Float64Array(kindNames.length));
    group.lines.forEach((line, row) => {
      const k = kindNames.indexOf(kinds[row] as string);
      if (prevalence[row] !== prevalence[first[k] as number])
        throw new UnusableTable(
          `Row ${line}: the prevalence differs from that of the same kind in row ${group.lines[first[k] as number]}. Give one prevalence a kind.`,
        );
      const area = populations[names.indexOf(areas[row] as string)] as Float64Array;
      area[k] = (area[k] as number) + (people[row] as number);
    });
    const result = expectedNeed(
      {
        populations,
        prevalence: first.map((row) => prevalence[row] as number),
        ...(errors && { prevalenceErrors: first.map((row) => errors[row] as number) }),
      },
      { confidence },
    );
    return result.map((outcome, i) => ({
      keys: { area: names[i] as string },
      outcome: errors ? outcome : { value: outcome.value },
    }));
  },
};

const horizontalInequityMeasure: Measure = {
  name: "horizontal-inequity",
  question: "Do people with the same need get the same, deprived or not?",
  page: "horizontal-inequity",
  alternatives: [
    [
      {
        name: "rank",
        kind: "number",
        description: "Place in the order of deprivation; lowest = most deprived",
      },
      { name: "population", kind: "number", description: "People in the group" },
      used,
      needed,
      neededError,
    ],
  ],
  method: ({ confidence }) =>
    `Concentration index of use less that of need, influence functions, ${percentText(confidence)}`,
  run(group, { confidence }) {
    const rank = group.numbers("rank");
    const order = rank.map((_, i) => i).sort((a, b) => (rank[a] as number) - (rank[b] as number));
    for (let i = 1; i < order.length; i++)
      if (rank[order[i] as number] === rank[order[i - 1] as number])
        throw new UnusableTable(
          `Rows ${group.lines[order[i - 1] as number]} and ${group.lines[order[i] as number]} have one rank. Add the two groups up.`,
        );
    const column = (name: string) => order.map((i) => group.numbers(name)[i] as number);
    const result = horizontalInequity(
      {
        populations: column("population"),
        used: column("used"),
        needed: column("needed"),
        ...(group.has("needederror") && { neededErrors: column("needederror") }),
      },
      { confidence },
    );
    if (isAbsent(result)) return [{ outcome: result }];
    return [
      { keys: { part: "inequity" }, outcome: result },
      { keys: { part: "use" }, outcome: { value: result.useIndex } },
      { keys: { part: "need" }, outcome: { value: result.needIndex } },
    ];
  },
};

const needGiniMeasure: Measure = {
  name: "need-gini",
  question: "How unequally is use spread over need?",
  page: "need-gini",
  alternatives: [[used, needed]],
  method: ({ confidence }) =>
    `Gini of use over need, influence function, ${percentText(confidence)}; chance alone beside it`,
  run(group, { confidence }) {
    const result = needGini(group.numbers("used"), group.numbers("needed"), { confidence });
    if (isAbsent(result)) return [{ outcome: result }];
    return [
      { keys: { part: "gini" }, outcome: result },
      { keys: { part: "under chance alone" }, outcome: { value: result.underChance } },
    ];
  },
};

function decayOf({ number }: MeasureContext): TravelDecay {
  const [within, power, spread] = [number("within"), number("power"), number("spread")];
  return power > 0 ? { power: -power, within } : spread > 0 ? { spread, within } : { within };
}

const floatingCatchmentMeasure: Measure = {
  name: "floating-catchment",
  question: "How much of the service is within reach of each place, given who shares it?",
  page: "floating-catchment",
  alternatives: [
    [
      { name: "place", kind: "text", description: "Where people live" },
      { name: "population", kind: "number", description: "People in the place" },
      { name: "site", kind: "text", description: "Where the service is" },
      { name: "supply", kind: "number", description: "What the site offers, such as staff hours" },
      { name: "minutes", kind: "number", description: "Minutes from the place to the site" },
    ],
  ],
  options: [
    { name: "within", kind: "number", default: 30, description: "Minutes, 30 unless given" },
    {
      name: "power",
      kind: "number",
      default: 0,
      description: "Above 0: weight 1 / minutes to this power",
    },
    { name: "spread", kind: "number", default: 0, description: "Above 0: Gaussian decay, minutes" },
  ],
  method: ({ number }) => `Two-step floating catchment within ${number("within")} minutes`,
  run(group, context) {
    const [places, sites] = [group.texts("place"), group.texts("site")];
    const [people, supply, minutes] = ["population", "supply", "minutes"].map((c) =>
      group.numbers(c),
    ) as [number[], number[], number[]];
    const placeNames = [...new Set(places)];
    const siteNames = [...new Set(sites)];
    const travel = placeNames.map(() =>
      new Float64Array(siteNames.length).fill(Number.POSITIVE_INFINITY),
    );
    const populations = placeNames.map((name) => people[places.indexOf(name)] as number);
    const offered = siteNames.map((name) => supply[sites.indexOf(name)] as number);
    group.lines.forEach((line, row) => {
      const i = placeNames.indexOf(places[row] as string);
      const j = siteNames.indexOf(sites[row] as string);
      if (people[row] !== populations[i] || supply[row] !== offered[j])
        throw new UnusableTable(
          `Row ${line}: population or supply differs from that of the same place or site above. Give one value each.`,
        );
      (travel[i] as Float64Array)[j] = minutes[row] as number;
    });
    const { access } = floatingCatchment(
      { populations, supply: offered, minutes: travel },
      decayOf(context),
    );
    return placeNames.map((place, i) => ({
      keys: { place },
      outcome: { value: access[i] as number },
    }));
  },
};

/** Use against need, and what is within reach. */
export const needMeasures: readonly Measure[] = [
  needUseRatioMeasure,
  missingReferralsMeasure,
  expectedNeedMeasure,
  horizontalInequityMeasure,
  needGiniMeasure,
  floatingCatchmentMeasure,
];
