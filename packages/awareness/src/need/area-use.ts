import type { Estimate } from "@taproot/statistics";

/** Whether an area's use differs from what is expected, once it is drawn towards the others. */
export type AreaStanding = "fewer" | "asExpected" | "more" | "tooFew";

/** One area. What could tell of single people is left out where fewer than ten referrals are expected. */
export interface AreaUse {
  readonly area: string;
  readonly name: string;
  readonly district?: string;
  /** 1 (most deprived fifth) to 5; 0 where it is not known. */
  readonly deprivation: number;
  readonly people: number;
  readonly standing: AreaStanding;
  readonly observed?: number;
  readonly expected?: number;
  readonly missing?: Estimate;
  /** Referrals for each expected, drawn towards the other areas as far as chance makes them differ. */
  readonly ratio?: Estimate;
}

/** Use of all areas of a catchment. */
export interface UseByArea {
  readonly areas: readonly AreaUse[];
  /** True when areas differ by more than chance; otherwise none is called fewer or more. */
  readonly areasDiffer: boolean;
  /** True when areas are drawn towards their fifth of deprivation, because fifths differ by more than chance. */
  readonly towardsFifth: boolean;
  readonly tooFew: number;
  readonly fewer: number;
  readonly more: number;
  readonly sentence: string;
}
