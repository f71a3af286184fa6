import type { RuleSet } from "./rule-set.ts";
import type { Signal, SignalRule } from "./signal.ts";
import type { SeriesReading, SignalMark } from "./signal-reading.ts";

/** A rule about points in a row. */
interface RunRule {
  readonly rule: SignalRule;
  /** Fewest points; undefined where the rule set does not have the rule. */
  readonly points: number | undefined;
  readonly starts: (i: number) => boolean;
  readonly continues: (i: number, start: number) => boolean;
  readonly side: (start: number) => Signal["side"];
  /** Runs of steps: a turning point ends one run and begins the next. */
  readonly sharesLast: boolean;
}

/** Marks all points of each run that is long enough. */
export function markRuns(reading: SeriesReading, rules: RuleSet, mark: SignalMark): void {
  for (const rule of runRules(reading, rules)) {
    if (rule.points === undefined) continue;
    let start = 0;
    while (start < reading.length) {
      if (!rule.starts(start)) {
        start++;
        continue;
      }
      let end = start;
      while (
        end + 1 < reading.length &&
        reading.together(start, end + 1) &&
        rule.continues(end + 1, start)
      )
        end++;
      if (end - start + 1 >= rule.points)
        for (let i = start; i <= end; i++) mark(i, rule.rule, rule.side(start));
      start = rule.sharesLast ? Math.max(end, start + 1) : end + 1;
    }
  }
}

function runRules(
  { length, sides, distances, steps, together }: SeriesReading,
  rules: RuleSet,
): readonly RunRule[] {
  const name = (side: number | null | undefined): Signal["side"] =>
    (side ?? 0) > 0 ? "high" : "low";
  const distance = (i: number): number | null => {
    const away = distances[i] ?? null;
    return away === null ? null : Math.abs(away);
  };
  const near = (i: number): boolean => (distance(i) ?? Number.POSITIVE_INFINITY) < 1;
  const far = (i: number): boolean => (distance(i) ?? 0) > 1;
  const moves = (i: number): boolean => i + 1 < length && together(i, i + 1) && steps[i + 1] !== 0;
  return [
    {
      rule: "shift",
      points: rules.shift,
      starts: (i) => (sides[i] ?? 0) !== 0,
      continues: (i, start) => sides[i] === sides[start],
      side: (start) => name(sides[start]),
      sharesLast: false,
    },
    {
      rule: "trend",
      points: rules.trend,
      starts: moves,
      continues: (i, start) => steps[i] === steps[start + 1],
      side: (start) => name(steps[start + 1]),
      sharesLast: true,
    },
    {
      rule: "alternating",
      points: rules.alternating,
      starts: moves,
      continues: (i, start) =>
        steps[i] !== 0 && (i === start + 1 || steps[i] === -(steps[i - 1] as number)),
      side: () => "none",
      sharesLast: true,
    },
    {
      rule: "stratification",
      points: rules.stratification,
      starts: near,
      continues: near,
      side: () => "none",
      sharesLast: false,
    },
    {
      rule: "mixture",
      points: rules.mixture,
      starts: far,
      continues: far,
      side: () => "none",
      sharesLast: false,
    },
  ];
}
