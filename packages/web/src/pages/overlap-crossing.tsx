import { OVERLAP_WEEKS, type OverlapStep } from "@taproot/awareness";
import { type Characteristic, STEP_LABEL } from "@taproot/model";

/** A step of the overlap pages as a heading. */
export function overlapStepLabel(step: OverlapStep): string {
  return step === "wait" ? `Seen within ${OVERLAP_WEEKS} weeks` : STEP_LABEL[step];
}

/** Characteristics that are crossed before others are, because policy names them. */
const FIRST = ["deprivation", "ethnicity", "disability", "sex", "age"];

/** The fewest groups that a crossing should make, and the most characteristics that it may have. */
const ENOUGH_GROUPS = 24;
const MOST_CROSSED = 4;

/** Characteristics that can be crossed: those with two known groups or more, people's first; never time. */
export function crossable(characteristics: readonly Characteristic[]): readonly Characteristic[] {
  const usable = characteristics.filter(
    (one) => one.about !== "time" && one.groups.filter((group) => !group.unknown).length > 1,
  );
  return [
    ...usable.filter((one) => one.about === "person"),
    ...usable.filter((one) => one.about !== "person"),
  ];
}

/** Adds characteristics of people, the usual ones first, until the crossing has enough groups and at least so many. */
export function crossingWith(
  characteristics: readonly Characteristic[],
  start: readonly string[],
  atLeast = 2,
): readonly string[] {
  const people = crossable(characteristics).filter((one) => one.about === "person");
  const order = [
    ...FIRST.flatMap((name) => people.filter((one) => one.name === name)),
    ...people.filter((one) => !FIRST.includes(one.name)),
  ];
  const groups = (name: string) =>
    (characteristics.find((one) => one.name === name)?.groups.length ?? 2) - 1;
  const crossed = [...start].slice(0, MOST_CROSSED);
  for (const { name } of order) {
    const strata = crossed.reduce((product, one) => product * groups(one), 1);
    if (crossed.length >= MOST_CROSSED) break;
    if (crossed.length >= atLeast && strata >= ENOUGH_GROUPS) break;
    if (!crossed.includes(name)) crossed.push(name);
  }
  return crossed;
}
