/**
 * When in their last week people who are still waiting stop being watched: what a life table calls the placing of its
 * withdrawals.
 *
 * - `endOfWeek`: at its end, so that they are at risk all through it, as Kaplan and Meier (1958) have those censored at the
 *   time of an exit. Right where the recorded wait is exact: waits in whole weeks by the nature of the service, or a week
 *   that the data were taken at the end of for everybody.
 * - `throughoutWeek`: at times spread evenly over it, so that they are at risk for half of it on average. Right where days
 *   were grouped into weeks and people were referred on any day, so that the day on which the data were taken cuts their
 *   last week short anywhere. It is the actuarial or life-table estimate.
 *
 * Cutler and Ederer (1958) J Chronic Dis 8:699; Gehan (1969) J Chronic Dis 21:629 for its variance.
 */
export type CensoringInWeek = "endOfWeek" | "throughoutWeek";

/** The part of their last week for which people who are still waiting are not at risk. */
export function unwatchedPart(censoring: CensoringInWeek): 0 | 0.5 {
  return censoring === "throughoutWeek" ? 0.5 : 0;
}
