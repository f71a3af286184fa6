/** Stands where a standing says nothing of a fate, or of a wait. */
export const NO_STANDING = -1;

/**
 * How referrals stand: a cube's counts the other way round. For each fate, wait and exit that occurs, the cells that have
 * such referrals and how many. Reading them in this order, whatever is added up by cell stays small enough for the
 * processor's cache.
 */
export interface Standings {
  /** Of each standing the index into FATES, or {@link NO_STANDING} where it tells of a wait alone. */
  readonly fates: Int8Array;
  /** Of each standing the whole weeks waited, or {@link NO_STANDING} where there is no wait or it tells of a fate alone. */
  readonly weeks: Int16Array;
  /** Of each standing the index into EXITS, or {@link NO_STANDING} as for the weeks. */
  readonly exits: Int8Array;
  /** Where each standing's entries start in `cells` and `referrals`; one more than there are standings. */
  readonly starts: Uint32Array;
  /** The cell of each entry, ascending within a standing. */
  readonly cells: Uint32Array;
  /** How many referrals of the cell stand so; never 0. */
  readonly referrals: Float64Array;
}
