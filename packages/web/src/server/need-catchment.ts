import {
  type Catchment,
  fewestThatGive,
  type Home,
  type ReferralsByArea,
  referralsByArea,
  referralsByDistrict,
} from "@taproot/awareness";
import type { Cube, Selection } from "@taproot/engine";
import type { AreaProfiles, LargerArea } from "@taproot/place";
import type { NeedPlaces } from "./need-places.ts";
import type { NeedQuestion } from "./need-question.ts";

/** The catchment that was chosen, or that the referrals choose, in numbers. */
export interface ChosenCatchment {
  /** What it came to: whole districts become boards where no district is known, and every area with a referral where no board is. */
  readonly kind: Catchment["kind"];
  readonly areas: number;
  /** The districts that it is made of, where it is made of any. */
  readonly districts: readonly string[];
  readonly boards: readonly string[];
  /** Where referrals come from, most first: what can be chosen instead. */
  readonly offered: readonly Home[];
  readonly offeredBoards: readonly Home[];
  /** Names that nothing is called by. */
  readonly notFound: readonly string[];
  readonly referrals: Pick<ReferralsByArea, "all" | "notRecorded">;
  /** Areas that referrals name and no place data hold. */
  readonly unmatched: number;
}

interface CatchmentOptions {
  readonly question: NeedQuestion;
  readonly selection: Selection;
  readonly ageBands: readonly string[];
}

/**
 * Finds the areas of a catchment and what is known of them; undefined where no referral has an area that any place data hold.
 *
 * @param cube crossed by "area"
 */
export async function chooseCatchment(
  cube: Cube,
  places: NeedPlaces,
  { question, selection, ageBands }: CatchmentOptions,
): Promise<(ChosenCatchment & { readonly profiles: AreaProfiles }) | undefined> {
  const byArea = referralsByArea(cube, selection);
  const codes = byArea.areas.map(({ area }) => area);
  const options = ageBands.length > 0 ? { ageBands } : {};
  const home = await places.profiles({ areas: codes, ...options });
  if (home.areas.length === 0) return undefined;
  const offered = referralsByDistrict(byArea, home);
  const offeredBoards = referralsByDistrict(byArea, home, "boards");
  const about = {
    districts: [] as readonly string[],
    boards: [] as readonly string[],
    offered,
    offeredBoards,
    notFound: [] as readonly string[],
    referrals: { all: byArea.all, notRecorded: byArea.notRecorded },
    unmatched: home.unmatched.length,
  };
  const within = async (districts: readonly string[], boards: readonly string[]) =>
    places.profiles({ areas: codes, within: { districts, boards }, ...options });
  const finished = (kind: Catchment["kind"], profiles: AreaProfiles, more = {}) => ({
    ...about,
    kind,
    areas: profiles.areas.length,
    profiles,
    ...more,
  });

  if (question.catchment === "mostReferrals") {
    const kept = new Set(home.rowOf.keys());
    const placed = byArea.areas.filter(({ area }) => kept.has(area));
    const fewest = fewestThatGive(placed.map(({ area, referrals }) => ({ name: area, referrals })));
    const areas = fewest.map(({ name }) => name);
    return finished("mostReferrals", await places.profiles({ areas, ...options }));
  }
  if (question.catchment === "chosen" && question.places.length > 0) {
    const { districts, boards, areas, notFound } = await namedPlaces(places, home, question.places);
    const names = {
      districts: districts.map(({ name }) => name),
      boards: boards.map(({ name }) => name),
    };
    const larger = districts.length + boards.length > 0;
    const profiles =
      areas.length === 0 && larger
        ? await within(names.districts, names.boards)
        : await places.profiles({
            areas: [...[...districts, ...boards].flatMap((one) => one.areas), ...areas],
            ...options,
          });
    if (profiles.areas.length > 0 && (larger || areas.length > 0))
      return finished("chosen", profiles, { ...names, notFound });
    return finished("anyReferral", home, { notFound: question.places });
  }
  if (question.catchment !== "anyReferral" && offered.length > 0) {
    const districts = fewestThatGive(offered).map(({ name }) => name);
    return finished("districts", await within(districts, []), { districts });
  }
  if (question.catchment !== "anyReferral" && offeredBoards.length > 0) {
    const boards = fewestThatGive(offeredBoards).map(({ name }) => name);
    return finished("districts", await within([], boards), { boards });
  }
  return finished("anyReferral", home);
}

/** What the names that somebody gave are: districts and boards first, then small areas. */
async function namedPlaces(places: NeedPlaces, home: AreaProfiles, names: readonly string[]) {
  const larger = await places.larger();
  const districts: LargerArea[] = [];
  const boards: LargerArea[] = [];
  const areas: string[] = [];
  const notFound: string[] = [];
  for (const name of names) {
    const called = (one: LargerArea) =>
      fold(one.name) === fold(name) || fold(one.code) === fold(name);
    const district = larger.districts.find(called);
    const board = larger.boards.find(called);
    const area = areaCalled(home, name);
    if (district) districts.push(district);
    else if (board) boards.push(board);
    else if (area) areas.push(area);
    else notFound.push(name);
  }
  return { districts, boards, areas, notFound };
}

/** A code of any area, known or not, or the name of one that referrals come from. */
function areaCalled(home: AreaProfiles, name: string): string | undefined {
  const code = name.trim().toUpperCase();
  if (home.rowOf.has(code) || /^[A-Z]\d{8}$/.test(code)) return code;
  const row = home.names.findIndex((one) => one !== undefined && fold(one) === fold(name));
  return row < 0 ? undefined : home.areas[row];
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
