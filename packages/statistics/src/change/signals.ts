import type { RuleSet } from "./rule-set.ts";

/** The rule that a point meets. */
export type SignalRule =
  | "outsideLimits"
  | "twoOfThree"
  | "trend"
  | "shift"
  | "fourOfFive"
  | "stratification"
  | "mixture"
  | "alternating";

/** A rule that a point meets, and which way it points; "none" for rules that have no direction. */
export interface Signal {
  readonly rule: SignalRule;
  readonly side: "high" | "low" | "none";
}

/** What the rules look at: each point's distance from its own centre, in its own sigmas. */
export interface SignalFrame {
  /** Each value, or null where none is recorded or the point is left out. */
  readonly values: readonly (number | null)[];
  readonly centres: readonly number[];
  /** One sigma above and below each point's centre, or null where there are no limits. */
  readonly sigmas: readonly (number | null)[];
  readonly lowers: readonly (number | null)[];
  readonly uppers: readonly (number | null)[];
  readonly segments: readonly number[];
}

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
  const { values, segments } = frame;
  const n = values.length;
  const found: Signal[][] = Array.from({ length: n }, () => []);
  const mark = (i: number, rule: SignalRule, side: Signal["side"]): void => {
    const at = found[i] as Signal[];
    if (!at.some((signal) => signal.rule === rule && signal.side === side)) at.push({ rule, side });
  };
  const sides = values.map((value, i) =>
    value === null ? null : Math.sign(value - (frame.centres[i] as number)),
  );
  const distances = values.map((value, i) => {
    const sigma = frame.sigmas[i] ?? null;
    return value === null || sigma === null || !(sigma > 0)
      ? null
      : (value - (frame.centres[i] as number)) / sigma;
  });
  const outside = values.map((value, i) => {
    const lower = frame.lowers[i] ?? null;
    const upper = frame.uppers[i] ?? null;
    if (value === null) return 0;
    return upper !== null && value > upper ? 1 : lower !== null && value < lower ? -1 : 0;
  });
  const name = (side: number): "high" | "low" => (side > 0 ? "high" : "low");
  const together = (from: number, to: number): boolean =>
    rules.runsCrossSegments || segments[from] === segments[to];

  outside.forEach((side, i) => {
    if (side !== 0) mark(i, "outsideLimits", name(side));
  });

  const runs = (
    rule: SignalRule,
    length: number,
    continues: (i: number, start: number) => boolean,
    side: (start: number) => Signal["side"],
    starts: (i: number) => boolean,
  ): void => {
    for (let start = 0; start < n; ) {
      if (!starts(start)) {
        start++;
        continue;
      }
      let end = start;
      while (end + 1 < n && together(start, end + 1) && continues(end + 1, start)) end++;
      if (end - start + 1 >= length) for (let i = start; i <= end; i++) mark(i, rule, side(start));
      // A run of differences may share its last point with the next one.
      start = rule === "trend" || rule === "alternating" ? Math.max(end, start + 1) : end + 1;
    }
  };

  if (rules.shift !== undefined)
    runs(
      "shift",
      rules.shift,
      (i, start) => sides[i] === sides[start],
      (start) => name(sides[start] as number),
      (i) => sides[i] !== null && sides[i] !== 0,
    );

  const step = (i: number): number => {
    const before = values[i - 1] ?? null;
    const now = values[i] ?? null;
    return before === null || now === null ? 0 : Math.sign(now - before);
  };
  const stepsOn = (start: number): boolean =>
    start + 1 < n && together(start, start + 1) && step(start + 1) !== 0;
  if (rules.trend !== undefined)
    runs(
      "trend",
      rules.trend,
      (i, start) => step(i) === step(start + 1),
      (start) => name(step(start + 1)),
      stepsOn,
    );
  if (rules.alternating !== undefined)
    runs(
      "alternating",
      rules.alternating,
      (i, start) => step(i) !== 0 && (i === start + 1 || step(i) === -step(i - 1)),
      () => "none",
      stepsOn,
    );

  const windows = (rule: SignalRule, size: number, needed: number, sigma: number): void => {
    for (let first = 0; first + size <= n; first++) {
      if (!together(first, first + size - 1)) continue;
      for (const side of [1, -1]) {
        const hits: number[] = [];
        for (let i = first; i < first + size; i++)
          if (side * ((distances[i] ?? null) === null ? 0 : (distances[i] as number)) > sigma)
            hits.push(i);
        if (hits.length >= needed) for (const i of hits) mark(i, rule, name(side));
      }
    }
  };
  if (rules.twoOfThree === "beyondTwoSigma") windows("twoOfThree", 3, 2, 2);
  if (rules.fourOfFive === true) windows("fourOfFive", 5, 4, 1);
  if (rules.twoOfThree === "betweenTwoAndThreeSigma")
    for (let first = 0; first + 3 <= n; first++) {
      const window = [first, first + 1, first + 2];
      const side = sides[first] ?? null;
      if (side === null || side === 0 || !together(first, first + 2)) continue;
      if (!window.every((i) => sides[i] === side)) continue;
      const hits = window.filter(
        (i) =>
          (distances[i] ?? null) !== null &&
          Math.abs(distances[i] as number) > 2 &&
          outside[i] === 0,
      );
      if (hits.length >= 2) for (const i of hits) mark(i, "twoOfThree", name(side));
    }

  const near = (i: number): boolean =>
    (distances[i] ?? null) !== null && Math.abs(distances[i] as number) < 1;
  const far = (i: number): boolean =>
    (distances[i] ?? null) !== null && Math.abs(distances[i] as number) > 1;
  if (rules.stratification !== undefined)
    runs("stratification", rules.stratification, near, () => "none", near);
  if (rules.mixture !== undefined) runs("mixture", rules.mixture, far, () => "none", far);

  for (const signals of found)
    signals.sort((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule));
  return found;
}
