import { FEWEST_COMPARED } from "../comparison.ts";
import { LEVEL_WORDS } from "./area-level.ts";
import type { SeenInUsualArea, UseByArea } from "./area-use.ts";

/** Where the service is used less than expected, in words. */
export function areasSentence(told: Omit<UseByArea, "sentence">): string {
  const { level, areas, areasDiffer, towardsFifth, tooFew, fewer, more, usual } = told;
  const [one, many] = LEVEL_WORDS[level];
  const said = areas.length - tooFew;
  const counted = (count: number) => `${whole(count)} ${count === 1 ? one : many}`;
  const few =
    tooFew > 0
      ? ` In ${counted(tooFew)} fewer than ${FEWEST_COMPARED} referrals are expected: too few to say.${tooFew > said ? " A longer period would tell more." : ""}`
      : "";
  if (areas.length === 1) return `There is only one ${one}, so no other to compare it with.`;
  if (said === 0)
    return `In none of the ${counted(areas.length)} are as many as ${FEWEST_COMPARED} referrals expected: too few to say of any. A longer period, or larger areas, would tell more.`;
  if (!areasDiffer)
    return towardsFifth
      ? `${capital(many)} of the same fifths of deprivation differ no more than chance would make them: each of the ${counted(said)} has its fifths’ number.${unseen(usual, one)}${few}`
      : `The ${counted(said)} differ no more than chance would make them: of none can it be said that fewer referrals, or more, come than expected.${unseen(usual, one)}${few}`;
  if (fewer + more === 0)
    return `${capital(many)} differ somewhat more than chance would make them, but of no single ${one} can it be said that fewer referrals, or more, come than expected.${unseen(usual, one)}${few}`;
  return `${called(told, counted(said), one)}${lowest(told)}${few}`;
}

/** In how many fewer come, in how many more, and of how many it cannot be told. */
function called(
  { fewer, more, areas, tooFew, usual }: Omit<UseByArea, "sentence">,
  of: string,
  one: string,
) {
  const neither = areas.length - tooFew - fewer - more;
  const surely =
    fewer > 0 && more > 0
      ? `In ${whole(fewer)} of ${of} fewer referrals come than expected, and in ${whole(more)} more come, by more than chance.`
      : fewer > 0
        ? `In ${whole(fewer)} of ${of} fewer referrals come than expected, by more than chance. In no ${one} do surely more come.`
        : `In ${whole(more)} of ${of} more referrals come than expected, by more than chance. In no ${one} do surely fewer come.`;
  if (neither === 0) return surely;
  const others = neither === 1 ? "Of the other" : `Of the other ${whole(neither)}`;
  const gap = usual?.smallestGap;
  return gap === undefined
    ? `${surely} ${others} it cannot be told.`
    : `${surely} ${others} it cannot be told: in one of usual size a shortfall under about ${percent(gap)} would not show.`;
}

function lowest({ areas }: Omit<UseByArea, "sentence">): string {
  const [least] = areas
    .filter(({ standing }) => standing === "fewer")
    .sort((a, b) => a.ratio!.value - b.ratio!.value);
  return least
    ? ` The lowest is ${least.name}: ${percent(least.ratio!.value)} of the referrals expected (likely ${percent(least.ratio!.lower)} to ${percent(least.ratio!.upper)}).`
    : "";
}

/** What a silence could not have seen. */
function unseen(usual: SeenInUsualArea | undefined, one: string): string {
  if (!usual) return "";
  const size = `of usual size (${whole(usual.expected)} referrals expected)`;
  return usual.smallestGap === undefined
    ? ` In one ${one} ${size} no shortfall at all could have been seen.`
    : ` In one ${one} ${size}, a shortfall of less than about ${percent(usual.smallestGap)} could not have been seen.`;
}

function percent(ratio: number): string {
  return `${Math.round(100 * ratio)} %`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
