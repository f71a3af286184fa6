import { absent, isAbsent, type Result } from "../foundation/index.ts";
import type {
  ControlPoint,
  ImprovementDirection,
  PointColour,
  Variation,
  VariationIcon,
} from "./control-chart.ts";
import type { RuleSet } from "./rule-set.ts";
import type { Signal } from "./signal.ts";

const meaning = (side: Signal["side"], improvement: ImprovementDirection): Variation => {
  if (side === "none" || improvement === "neither") return "neither";
  return (side === "high") === (improvement === "increase") ? "improvement" : "concern";
};

/** What a point's signals say together; a conflict is settled as the rule set says. */
export function variationOf(
  signals: readonly Signal[],
  improvement: ImprovementDirection,
  rules: RuleSet,
): Variation {
  const meanings = signals.map(({ side }) => meaning(side, improvement));
  if (rules.conflict === "improvement" && meanings.includes("improvement")) return "improvement";
  return meanings.find((said) => said !== "neither") ?? meanings[0] ?? "common";
}

const colours: Record<Variation, PointColour> = {
  common: "grey",
  improvement: "blue",
  concern: "orange",
  neither: "purple",
};

/** The colour of a kind of variation. */
export const colourOf = (variation: Variation): PointColour => colours[variation];

/** The summary icon: what the last recorded point says. */
export function iconOf(
  points: readonly ControlPoint[],
  improvement: ImprovementDirection,
): Result<VariationIcon> {
  const last = points.findLast(({ value }) => !isAbsent(value));
  if (last === undefined) return absent("notRecorded", "no point has a value");
  if (isAbsent(last.limits)) return last.limits;
  if (last.variation === "common") return "common";
  const high =
    last.variation === "neither"
      ? last.signals.find(({ side }) => side !== "none")?.side !== "low"
      : (last.variation === "improvement") === (improvement === "increase");
  return `${last.variation}${high ? "High" : "Low"}`;
}
