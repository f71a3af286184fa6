/** One small area with its deprivation, for areas that no publisher has: those of a demo. */
export interface AreaDeprivation {
  readonly area: string;
  /** 1 = most deprived fifth … 5. */
  readonly quintile: number;
  /** 1 = most deprived tenth … 10. */
  readonly decile: number;
  readonly rurality?: "Urban" | "Rural";
  readonly name?: string;
  readonly district?: string;
  readonly board?: string;
  /** Closed rings of longitude, latitude, longitude, latitude… */
  readonly rings?: readonly ArrayLike<number>[];
}

/** Residents of such areas by group. */
export interface FurtherPopulation {
  readonly characteristics: readonly string[];
  /** In the model's words. */
  readonly groups: readonly (readonly string[])[];
  /** Areas, in their order, × product of groups; the last characteristic runs fastest. */
  readonly counts: ArrayLike<number>;
}

/** Such areas with what to call their nation and source. */
export interface FurtherAreas {
  readonly nation: string;
  readonly source: string;
  readonly areas: readonly AreaDeprivation[];
  readonly populations?: readonly FurtherPopulation[];
}
