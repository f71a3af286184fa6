/** One small area with its deprivation, for areas that no publisher has: those of a demo. */
export interface AreaDeprivation {
  readonly area: string;
  /** 1 = most deprived fifth … 5. */
  readonly quintile: number;
  /** 1 = most deprived tenth … 10. */
  readonly decile: number;
  readonly rurality?: "Urban" | "Rural";
}

/** Such areas with what to call their nation and source. */
export interface FurtherAreas {
  readonly nation: string;
  readonly source: string;
  readonly areas: readonly AreaDeprivation[];
}
