import type { Estimate } from "@taproot/statistics";
import type { AreaLevel } from "./area-level.ts";

/** Whether an area's use differs from what is expected, by more than chance. */
export type AreaStanding = "fewer" | "asExpected" | "more" | "tooFew";

/** One area. What could tell of single people is left out where fewer than ten referrals are expected. */
export interface AreaUse {
  readonly area: string;
  readonly name: string;
  readonly district?: string;
  /** Codes of the small areas that it is made of; its own where it is one. */
  readonly smallAreas: readonly string[];
  /** Fifths of deprivation of its small areas, each once, 1 the most deprived; none where none is known. */
  readonly fifths: readonly number[];
  readonly people: number;
  readonly standing: AreaStanding;
  readonly observed?: number;
  readonly expected?: number;
  readonly missing?: Estimate;
  /** Referrals for each expected, drawn towards the other areas as far as chance makes them differ. */
  readonly ratio?: Estimate;
}

/** Use of all areas of a catchment, at one level. */
export interface UseByArea {
  readonly level: AreaLevel;
  readonly areas: readonly AreaUse[];
  /** True when areas differ by more than chance; otherwise none is called fewer or more. */
  readonly areasDiffer: boolean;
  /** True when each ratio is drawn towards the others; too few areas, or a few that have nearly all, stand for themselves. */
  readonly drawn: boolean;
  /** True when areas are drawn towards their fifths of deprivation, because fifths differ by more than chance. */
  readonly towardsFifth: boolean;
  readonly tooFew: number;
  readonly fewer: number;
  readonly more: number;
  /** Small areas that stand by themselves because nothing tells what they are part of. */
  readonly alone: number;
  /** What could have been seen in an area of middle size. */
  readonly usual?: SeenInUsualArea;
  readonly sentence: string;
}

/** The middle one of the areas that can be told of, by expected referrals. */
export interface SeenInUsualArea {
  readonly expected: number;
  /** The least share of its expected referrals that must be missing for it to be called “fewer” 4 times in 5. */
  readonly smallestGap?: number;
  /** The same were it not drawn towards the others: what the referrals expected there allow at best. */
  readonly byItself?: number;
}
