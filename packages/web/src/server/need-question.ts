import type { AreaLevel, Catchment, Need, NeedChoice } from "@taproot/awareness";
import type { InternalStandard } from "@taproot/statistics";

/** The columns that areas can be sorted by. */
export const AREA_ORDERS = ["ratio", "missing", "people", "name"] as const;

/** One of {@link AREA_ORDERS}. */
export type AreaOrder = (typeof AREA_ORDERS)[number];

/** What the address calls each level of areas. */
const LEVELS: Readonly<Record<string, AreaLevel>> = {
  "small-areas": "smallArea",
  neighbourhoods: "neighbourhood",
  districts: "district",
};

/** What the address says besides the view: who could need the service, where, against whom. */
export interface NeedQuestion {
  /** The key of a need: "everyone", "disability", "own-register". */
  readonly need: string;
  readonly ageFrom?: string;
  readonly ageTo?: string;
  readonly catchment: Catchment["kind"];
  /** Districts, boards or areas by name or code. */
  readonly places: readonly string[];
  readonly standard: InternalStandard;
  /** How finely to look at the catchment; as the data allow unless told. */
  readonly level?: AreaLevel;
  readonly order: AreaOrder;
  /** Which page of the table of areas, from 1. */
  readonly areasPage: number;
}

const CATCHMENTS: readonly Catchment["kind"][] = [
  "districts",
  "anyReferral",
  "mostReferrals",
  "chosen",
];

/** Most places that one address may name. */
const MOST_PLACES = 400;

/** Reads the question from an address; what makes no sense is left out, so that an old link still opens. */
export function readNeedQuestion(query: URLSearchParams): NeedQuestion {
  const [ageFrom, ageTo] = [query.get("age-from"), query.get("age-to")];
  const catchment = CATCHMENTS.find((one) => one === query.get("catchment"));
  const places = query
    .getAll("place")
    .flatMap((text) => text.split(/[;\n]/))
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .slice(0, MOST_PLACES);
  const level = LEVELS[query.get("level") ?? ""];
  const page = Number(query.get("areas-page") ?? 1);
  return {
    need: query.get("need") || "everyone",
    ...(ageFrom ? { ageFrom } : {}),
    ...(ageTo ? { ageTo } : {}),
    catchment: catchment ?? (places.length > 0 ? "chosen" : "districts"),
    places: [...new Set(places)],
    standard: query.get("standard") === "others" ? "others" : "everyone",
    ...(level ? { level } : {}),
    order: AREA_ORDERS.find((one) => one === query.get("sort")) ?? "ratio",
    areasPage: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** The question as parameters of an address; what is as it would be anyway is left out. */
export function needParameters(
  question: NeedQuestion,
): Readonly<Record<string, string | readonly string[] | undefined>> {
  const { need, ageFrom, ageTo, catchment, places, standard, level, order, areasPage } = question;
  return {
    need: need === "everyone" ? undefined : need,
    "age-from": ageFrom,
    "age-to": ageTo,
    catchment: catchment === "districts" ? undefined : catchment,
    place: catchment === "chosen" ? places : undefined,
    standard: standard === "everyone" ? undefined : standard,
    level: Object.keys(LEVELS).find((name) => LEVELS[name] === level),
    sort: order === "ratio" ? undefined : order,
    "areas-page": areasPage === 1 ? undefined : String(areasPage),
  };
}

/** The need that a question means: bands of age where they are named, else the need of its key, else everyone. */
export function needOf(
  question: NeedQuestion,
  choices: readonly NeedChoice[],
  bands: readonly string[],
): Need {
  const chosen = choices.find(({ key }) => key === question.need)?.need ?? { kind: "everyone" };
  const from = question.ageFrom ? bands.indexOf(question.ageFrom) : 0;
  const to = question.ageTo ? bands.indexOf(question.ageTo) : bands.length - 1;
  const whole = from <= 0 && to === bands.length - 1;
  if (chosen.kind !== "everyone" || whole || from < 0 || to < from) return chosen;
  return { kind: "age", from: bands[from]!, to: bands[to]! };
}
