import type { RuleSet } from "./rule-set.ts";
import { markRuns } from "./run-rules.ts";
import type { Signal, SignalRule } from "./signal.ts";
import { readSeries, type SignalFrame, type SignalMark } from "./signal-reading.ts";
import { markWindows } from "./window-rules.ts";

/** Strongest first: the order in which a rule set without a rule for conflicts decides. */
const order: readonly SignalRule[] = [
  "outsideLimits",
  "trend",
  "twoOfThree",
  "shift",
  "fourOfFive",
  "stratification",
  "mixture",
  "alternating",
];

/** Every signal of every point under a rule set, strongest first. */
export function findSignals(frame: SignalFrame, rules: RuleSet): readonly (readonly Signal[])[] {
  const reading = readSeries(frame, rules.runsCrossSegments);
  const found: Signal[][] = frame.values.map(() => []);
  const mark: SignalMark = (i, rule, side) => {
    const at = found[i] as Signal[];
    if (!at.some((signal) => signal.rule === rule && signal.side === side)) at.push({ rule, side });
  };
  reading.outside.forEach((side, i) => {
    if (side !== 0) mark(i, "outsideLimits", side > 0 ? "high" : "low");
  });
  markRuns(reading, rules, mark);
  markWindows(reading, rules, mark);
  for (const signals of found)
    signals.sort((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule));
  return found;
}
