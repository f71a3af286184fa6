import { type Cube, characteristicIndex } from "@taproot/engine";
import { standardCharacteristic } from "@taproot/model";
import { type Absent, absent, isAbsent, kitagawa } from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import { shareOf } from "../share.ts";
import type { BetweenAndWithin, ServicePart, SideInService } from "./between-and-within.ts";
import { betweenSentence } from "./between-sentence.ts";
import { type ComparedPeople, type SidedCube, sidedCube } from "./compared-people.ts";
import { partOf, shareWithin } from "./part.ts";
import { addedByGroup, type InsideStep, settledSides } from "./settled-sides.ts";

/**
 * Does a gap arise because the group is sent to other services, or inside the services that all are sent to? Kitagawa's
 * two parts at one step, exact, with intervals, in points and in people, and what each service adds to both.
 *
 * @param by service, team, setting, source of referral, or any characteristic that says where somebody is sent
 */
export function betweenServices(
  whole: Cube,
  people: ComparedPeople,
  { step, by }: { readonly step: InsideStep; readonly by: string },
): BetweenAndWithin | Absent {
  return betweenServicesOf(sidedCube(whole, people, [by]), step, by);
}

/** The same of a cube whose cells have their sides. */
export function betweenServicesOf(
  sided: SidedCube,
  step: InsideStep,
  by: string,
): BetweenAndWithin | Absent {
  const { cube, words } = sided;
  const index = characteristicIndex(cube, by);
  const characteristic = cube.characteristics[index];
  if (!characteristic)
    return absent("notRecorded", `These data do not hold ${standardCharacteristic(by).subject}.`);
  const sides = settledSides(sided, step);
  if (isAbsent(sides)) return sides;
  const { groups } = characteristic;
  const added = (counts: Float64Array) => addedByGroup(counts, cube.groups[index]!, groups.length);
  const group = { sizes: added(sides.group.settled), events: added(sides.group.reached) };
  const others = { sizes: added(sides.others.settled), events: added(sides.others.reached) };
  const { inflation, horizonWeeks } = sides;
  const split = kitagawa(others, group, inflation === undefined ? {} : { inflation });
  if (isAbsent(split)) return split;
  const { total } = sides;
  const settled = total.group.denominator;
  // Shares of all services add up to 1 on both sides, so that any rate may be taken off each without a change of the sum:
  // with the average rate off, more people sent to a service that does better than most is a gain.
  const average = (split.first + split.second) / 2;
  const services = groups
    .map((service, code): ServicePart => {
      const inGroup = { reached: group.events[code]!, denominator: group.sizes[code]! };
      const inOthers = { reached: others.events[code]!, denominator: others.sizes[code]! };
      const { composition, rate } = split.categories[code]!;
      const change =
        inGroup.denominator / settled - inOthers.denominator / total.others.denominator;
      return {
        service,
        group: sideIn(inGroup, settled),
        others: sideIn(inOthers, total.others.denominator),
        between: settled * (composition - change * average),
        within: settled * rate,
      };
    })
    .filter((one) => one.group.sent.reached + one.others.sent.reached > 0)
    .sort(
      (a, b) =>
        b.group.sent.reached - a.group.sent.reached ||
        b.others.sent.reached - a.others.sent.reached,
    );
  const found = {
    step,
    ...(horizonWeeks === undefined ? {} : { horizonWeeks }),
    by,
    words,
    group: shareWithin(total.group),
    others: shareWithin(total.others),
    whole: sides.whole,
    between: partOf(split.composition, settled),
    within: partOf(split.rate, settled),
    services,
  };
  return { ...found, sentence: betweenSentence(found) };
}

function sideIn(
  here: { readonly reached: number; readonly denominator: number },
  all: number,
): SideInService {
  return {
    sent: shareOf({ reached: here.denominator, denominator: all }, "reach"),
    reach:
      here.denominator >= FEWEST_COMPARED
        ? shareWithin(here)
        : absent("tooFew", `Fewer than ${FEWEST_COMPARED} people are settled here.`),
  };
}
