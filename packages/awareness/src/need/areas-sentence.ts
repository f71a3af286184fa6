import { FEWEST_COMPARED } from "../comparison.ts";
import type { UseByArea } from "./area-use.ts";

/** Where the service is used less than expected, in words. */
export function areasSentence(told: Omit<UseByArea, "sentence">): string {
  const { areas, areasDiffer, towardsFifth, tooFew, fewer, more } = told;
  const said = areas.length - tooFew;
  const few =
    tooFew > 0
      ? ` In ${tooFew === 1 ? "1 area" : `${whole(tooFew)} areas`} fewer than ${FEWEST_COMPARED} referrals are expected: too few to say.${tooFew > said ? " A longer period would tell more." : ""}`
      : "";
  if (said === 0)
    return `In none of the ${whole(areas.length)} areas are as many as ${FEWEST_COMPARED} referrals expected: too few to say of any. A longer period, or larger areas, would tell more.`;
  if (areas.length === 1) return "There is only one area, so no other to compare it with.";
  if (!areasDiffer)
    return towardsFifth
      ? `Areas of the same fifth of deprivation differ no more than chance would make them: each of the ${whole(said)} areas has its fifth’s number.${few}`
      : `The ${whole(said)} areas differ no more than chance would make them: none can be said to be used less than expected.${few}`;
  if (fewer + more === 0)
    return `Areas differ somewhat more than by chance, but of none can it be said that it is used less, or more, than expected.${few}`;
  const [lowest] = areas
    .filter(({ standing }) => standing === "fewer")
    .sort((a, b) => a.ratio!.value - b.ratio!.value);
  const least = lowest
    ? ` The lowest is ${lowest.name}: ${percent(lowest.ratio!.value)} of the referrals expected (likely ${percent(lowest.ratio!.lower)} to ${percent(lowest.ratio!.upper)}).`
    : "";
  return `Fewer people are referred than expected in ${whole(fewer)} of ${whole(said)} areas, and more in ${whole(more)}, by more than chance.${least}${few}`;
}

function percent(ratio: number): string {
  return `${Math.round(100 * ratio)} %`;
}

function whole(value: number): string {
  return value.toLocaleString("en-GB");
}
