import type { Group } from "@taproot/model";
import type { Absent } from "@taproot/statistics";
import type { Share } from "../finding.ts";
import type { SidesInWords } from "./compared-people.ts";
import type { Part } from "./part.ts";
import type { InsideStep } from "./settled-sides.ts";

/** One side in one service. */
export interface SideInService {
  /** Of the side's people who are settled at the step, how many were sent here. */
  readonly sent: Share;
  /** Of those sent here and settled, how many took the step. */
  readonly reach: Share | Absent;
}

/** One service: who is sent there, and what happens to them. */
export interface ServicePart {
  readonly service: Group;
  readonly group: SideInService;
  readonly others: SideInService;
  /** People of the group that its share of both parts comes to. */
  readonly between: number;
  readonly within: number;
}

/** A gap at one step, split into who is sent where and what happens there. */
export interface BetweenAndWithin {
  readonly step: InsideStep;
  /** For the wait: seen within so many weeks. */
  readonly horizonWeeks?: number;
  /** The characteristic whose groups are the services: service, team, setting, source. */
  readonly by: string;
  readonly words: SidesInWords;
  readonly group: Share;
  readonly others: Share;
  readonly whole: Part;
  /** From being sent to other services. */
  readonly between: Part;
  /** From what happens inside services. */
  readonly within: Part;
  /** Those to whom most of the group are sent first. */
  readonly services: readonly ServicePart[];
  readonly sentence: string;
}
