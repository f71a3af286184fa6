import { waitHorizon } from "@taproot/awareness";
import type { LoadedData } from "./loaded-data.ts";

/** Weeks within which people are seen: those that suit everyone in the data, whatever part of the service is looked at. */
export function weeksCompared(data: LoadedData): { readonly horizonWeeks?: number } {
  return data.answer(["weeks compared"], () => {
    const horizonWeeks = waitHorizon(data.over([]).cube);
    return horizonWeeks === undefined ? {} : { horizonWeeks };
  });
}
