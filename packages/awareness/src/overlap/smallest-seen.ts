import { absent, normalQuantile, type OutstandingStrata } from "@taproot/statistics";
import { FEWEST_COMPARED } from "../comparison.ts";
import type { SmallestSeen } from "./overlap-report.ts";

/** The chance with which a departure of the size given would have been seen. */
const POWER = 0.8;
const FALSE_ALARMS = 0.05;

/**
 * How far would a group have had to be from its parts to be named? For the group of middle size, of those large enough to be
 * shown, and for the largest: the departure that passes, alone among all groups, four times in five.
 */
export function smallestSeen(
  denominators: readonly number[],
  { expected, excess, backgroundStandardDeviation }: OutstandingStrata,
): { readonly typical: SmallestSeen; readonly largest: SmallestSeen } {
  const order = [...denominators.keys()].sort((a, b) => denominators[a]! - denominators[b]!);
  const large = order.filter((k) => denominators[k]! >= FEWEST_COMPARED);
  const from = large.length > 0 ? large : order;
  const z = normalQuantile(1 - FALSE_ALARMS / 2 / denominators.length) + normalQuantile(POWER);
  const of = (k: number): SmallestSeen => {
    const p = expected[k]!;
    const error = (excess.upper[k]! - excess.lower[k]!) / (2 * normalQuantile(0.975));
    const departure = z * Math.hypot(error, p * (1 - p) * backgroundStandardDeviation);
    const people = denominators[k]!;
    return {
      people,
      points:
        departure < Math.max(p, 1 - p)
          ? 100 * departure
          : absent(
              "tooFew",
              "No departure, however large, would have been seen in so small a group.",
            ),
    };
  };
  return { typical: of(from[from.length >> 1]!), largest: of(from.at(-1)!) };
}
