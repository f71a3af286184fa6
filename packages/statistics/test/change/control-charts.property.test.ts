import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  assurance,
  type ControlChart,
  cChart,
  gapChart,
  gChart,
  isAbsent,
  movingRangeChart,
  pChart,
  pPrimeChart,
  ruleSets,
  runChart,
  runsAnalysis,
  sChart,
  tChart,
  uChart,
  uPrimeChart,
  xbarChart,
  xmrChart,
} from "../../src/index.ts";

const level = fc.integer({ min: -50, max: 50 });
const levels = fc.array(level, { minLength: 13, maxLength: 40 });
const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 5, maxLength: 30 });
const shares = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 40, max: 90 })),
  { minLength: 5, maxLength: 30 },
);
const counted = (rows: readonly (readonly [number, number])[]) => ({
  numerators: rows.map(([y]) => y),
  denominators: rows.map(([, n]) => n),
});
const groups = fc
  .array(
    fc.record({
      counts: fc.integer({ min: 2, max: 9 }),
      means: level,
      standardDeviations: fc.integer({ min: 1, max: 20 }),
    }),
    { minLength: 3, maxLength: 12 },
  )
  .map((rows) => ({
    counts: rows.map((row) => row.counts),
    means: rows.map((row) => row.means),
    standardDeviations: rows.map((row) => row.standardDeviations),
  }));
const rules = ruleSets.limitsOnly;
const all = Object.values(ruleSets);

const upper = (chart: ControlChart, i = 0): number | null => {
  const limits = chart.points[i]?.limits;
  return limits === undefined || isAbsent(limits) ? null : limits.upper;
};
const lower = (chart: ControlChart, i = 0): number | null => {
  const limits = chart.points[i]?.limits;
  return limits === undefined || isAbsent(limits) ? null : limits.lower;
};
const sides = (chart: ControlChart, turn: boolean) =>
  chart.points.map(({ signals }) =>
    signals
      .map(({ rule, side }) => {
        const turned = side === "high" ? "low" : side === "low" ? "high" : side;
        return `${rule} ${turn ? turned : side}`;
      })
      .sort(),
  );

describe("xmrChart", () => {
  test("adding a constant moves the lines and leaves every signal", () => {
    fc.assert(
      fc.property(levels, level, fc.constantFrom(...all), (values, by, rules) => {
        const here = xmrChart(values, { rules });
        const there = xmrChart(
          values.map((value) => value + by),
          { rules },
        );
        // A point that lies on a limit or on the centre may fall to either side by rounding.
        fc.pre(clear(here));
        expect(sides(there, false)).toEqual(sides(here, false));
        const before = upper(here);
        if (before !== null) expect(upper(there)).toBeCloseTo(before + by, 8);
      }),
    );
  });
  test("turned upside down, high is low", () => {
    fc.assert(
      fc.property(levels, fc.constantFrom(...all), (values, rules) => {
        const here = xmrChart(values, { rules });
        fc.pre(clear(here));
        const there = xmrChart(
          values.map((value) => -value),
          { rules },
        );
        expect(sides(there, true)).toEqual(sides(here, false));
      }),
    );
  });
  test("with the other direction good, improvement and concern change places where there is no conflict", () => {
    fc.assert(
      fc.property(levels, (values) => {
        const high = xmrChart(values, { improvement: "increase" });
        const low = xmrChart(values, { improvement: "decrease" });
        high.points.forEach((point, i) => {
          if (new Set(point.signals.map(({ side }) => side)).size > 1) return;
          const other = { improvement: "concern", concern: "improvement", common: "common" };
          expect(low.points[i]?.variation).toBe(other[point.variation as "common"]);
        });
      }),
    );
  });
  test("a re-basing makes each segment a chart of its own", () => {
    fc.assert(
      fc.property(levels, levels, (first, second) => {
        const whole = xmrChart([...first, ...second], {
          rules: ruleSets.nelson,
          rebase: [{ from: first.length, reason: "a new service" }],
        });
        const parts = [first, second].map((values) => xmrChart(values, { rules: ruleSets.nelson }));
        expect(sides(whole, false)).toEqual(parts.flatMap((part) => sides(part, false)));
        expect(whole.segments.map(({ centre }) => centre)).toEqual(
          parts.map((part) => part.segments[0]?.centre),
        );
      }),
    );
  });
  test("the moving-range chart's centre is the limits' half width over 2.66", () => {
    fc.assert(
      fc.property(levels, (values) => {
        const chart = xmrChart(values);
        const top = upper(chart);
        fc.pre(top !== null);
        const ranges = movingRangeChart(values);
        const centre = ranges.points[1]?.centre as number;
        expect(2.66 * centre).toBeCloseTo((top as number) - (chart.points[0]?.centre as number), 8);
        expect(upper(ranges, 1)).toBeCloseTo(3.267 * centre, 8);
      }),
    );
  });
  test("screening never widens the limits", () => {
    fc.assert(
      fc.property(levels, (values) => {
        const plain = xmrChart(values, { rules: { ...rules, movingRangeMultiplier: 2.66 } });
        const screened = xmrChart(values, { rules: ruleSets.plotTheDots });
        fc.pre(upper(plain) !== null && upper(screened) !== null);
        expect(upper(screened) as number).toBeLessThanOrEqual((upper(plain) as number) + 1e-9);
      }),
    );
  });
});

/** No point within rounding of a line. */
function clear(chart: ControlChart): boolean {
  return chart.points.every(({ value, centre, limits }) => {
    if (isAbsent(value) || isAbsent(centre) || isAbsent(limits)) return true;
    const sigma = (limits.upper - limits.lower) / 6;
    return [0, 1, 2, 3].every((k) => Math.abs(Math.abs(value - centre) - k * sigma) > 1e-7);
  });
}

describe("movingRangeChart", () => {
  test("read backwards it has the same lines", () => {
    fc.assert(
      fc.property(levels, (values) => {
        expect(upper(movingRangeChart([...values].reverse()), 0)).toBe(
          upper(movingRangeChart(values), 0),
        );
        expect(movingRangeChart([...values].reverse()).segments[0]?.centre).toEqual(
          expect.closeTo(movingRangeChart(values).segments[0]?.centre as number, 9),
        );
      }),
    );
  });
  test("a constant added changes nothing", () => {
    fc.assert(
      fc.property(levels, level, (values, by) => {
        const moved = movingRangeChart(values.map((value) => value + by));
        expect(moved).toEqual(movingRangeChart(values));
      }),
    );
  });
});

describe("pChart and pPrimeChart", () => {
  test("the complement mirrors the chart", () => {
    fc.assert(
      fc.property(shares, (rows) => {
        const seen = pChart(counted(rows), { rules });
        const missed = pChart(counted(rows.map(([y, n]) => [n - y, n] as const)), { rules });
        seen.points.forEach((_, i) => {
          if (lower(seen, i) === null) return;
          expect(lower(missed, i)).toBeCloseTo(1 - (upper(seen, i) as number), 9);
        });
      }),
    );
  });
  test("limits lie in 0 to 1 and narrow as more are counted", () => {
    fc.assert(
      fc.property(shares, (rows) => {
        for (const chart of [
          pChart(counted(rows), { rules }),
          pPrimeChart(counted(rows), { rules }),
        ])
          chart.points.forEach((a, i) => {
            const [top, bottom] = [upper(chart, i), lower(chart, i)];
            if (top === null || bottom === null) return;
            expect(top).toBeLessThanOrEqual(1);
            expect(bottom).toBeGreaterThanOrEqual(0);
            chart.points.forEach((b, j) => {
              if ((a.denominator as number) > (b.denominator as number))
                expect(top).toBeLessThanOrEqual((upper(chart, j) as number) + 1e-12);
            });
          });
      }),
    );
  });
  test("Laney's ratio does not change when all counts are ten times as large but for √10", () => {
    fc.assert(
      fc.property(shares, (rows) => {
        const small = pPrimeChart(counted(rows), { rules }).sigmaRatios?.[0];
        const large = pPrimeChart(counted(rows.map(([y, n]) => [10 * y, 10 * n] as const)), {
          rules,
        }).sigmaRatios?.[0];
        if (typeof small === "number") expect(large).toBeCloseTo(small * Math.sqrt(10), 8);
      }),
    );
  });
  test("p′ limits are the p chart's times Laney's ratio", () => {
    fc.assert(
      fc.property(shares, (rows) => {
        const plain = pChart(counted(rows), { rules });
        const prime = pPrimeChart(counted(rows), { rules });
        const ratio = prime.sigmaRatios?.[0];
        const [a, b] = [upper(plain), upper(prime)];
        const centre = plain.points[0]?.centre as number;
        fc.pre(typeof ratio === "number" && a !== null && b !== null && a < 1 && b < 1);
        expect((b as number) - centre).toBeCloseTo((ratio as number) * ((a as number) - centre), 9);
      }),
    );
  });
});

describe("uChart, uPrimeChart and cChart", () => {
  test("with one denominator, u is c over it", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 500 }), (events, size) => {
        const u = uChart({ numerators: events, denominators: events.map(() => size) }, { rules });
        const c = cChart(events, { rules });
        expect((u.points[0]?.centre as number) * size).toBeCloseTo(
          c.points[0]?.centre as number,
          8,
        );
        const top = upper(c);
        if (top !== null) expect((upper(u) as number) * size).toBeCloseTo(top, 7);
      }),
    );
  });
  test("the unit of the denominator does not matter", () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 2, max: 1000 }), (rows, per) => {
        const one = uPrimeChart(counted(rows), { rules });
        const many = uPrimeChart(counted(rows.map(([y, n]) => [y, n / per] as const)), { rules });
        const top = upper(one);
        if (top !== null) expect((upper(many) as number) / per).toBeCloseTo(top, 8);
        expect(many.points.map(({ colour }) => colour)).toEqual(
          one.points.map(({ colour }) => colour),
        );
      }),
    );
  });
  test("the order of the periods moves no line of c or u", () => {
    fc.assert(
      fc.property(shares, (rows) => {
        const back = [...rows].reverse();
        const u = [rows, back].map((order) => uChart(counted(order), { rules }));
        expect(u[1]?.points[0]?.centre).toBe(u[0]?.points[0]?.centre);
        const c = [rows, back].map((order) =>
          cChart(
            order.map(([y]) => y),
            { rules },
          ),
        );
        expect(upper(c[1] as ControlChart)).toBe(upper(c[0] as ControlChart));
      }),
    );
  });
});

describe("tChart and gChart", () => {
  test("the unit of time does not matter", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 100 }), (times, per) => {
        const days = tChart(times, { rules });
        const parts = tChart(
          times.map((time) => time * per),
          { rules },
        );
        const top = upper(days);
        if (top !== null) expect((upper(parts) as number) / (top * per)).toBeCloseTo(1, 8);
      }),
    );
  });
  test("t limits enclose a centre above 0", () => {
    fc.assert(
      fc.property(counts, (times) => {
        const chart = tChart(times, { rules });
        const [top, bottom] = [upper(chart), lower(chart)];
        fc.pre(top !== null && bottom !== null);
        const centre = chart.points[0]?.centre as number;
        expect(bottom as number).toBeGreaterThanOrEqual(0);
        expect(centre).toBeGreaterThanOrEqual(bottom as number);
        expect(centre).toBeLessThanOrEqual(top as number);
      }),
    );
  });
  test("g has half its counts on either side of its centre, and never a lower limit", () => {
    fc.assert(
      fc.property(counts, (gaps) => {
        const chart = gChart(gaps, { rules });
        const centre = chart.points[0]?.centre as number;
        const above = gaps.filter((gap) => gap > centre).length;
        const below = gaps.filter((gap) => gap < centre).length;
        expect(Math.max(above, below)).toBeLessThanOrEqual(gaps.length / 2);
        if (lower(chart) !== null) expect(lower(chart)).toBe(0);
      }),
    );
  });
  test("the order of the gaps moves no line of g", () => {
    fc.assert(
      fc.property(counts, (gaps) => {
        expect(
          upper(
            gChart(
              [...gaps].sort((a, b) => a - b),
              { rules },
            ),
          ),
        ).toBe(upper(gChart(gaps, { rules })));
      }),
    );
  });
});

describe("xbarChart and sChart", () => {
  test("another unit gives the same chart in that unit", () => {
    fc.assert(
      fc.property(groups, fc.integer({ min: 2, max: 9 }), (data, by) => {
        const scaled = {
          counts: data.counts,
          means: data.means.map((mean) => mean * by),
          standardDeviations: data.standardDeviations.map((s) => s * by),
        };
        for (const draw of [xbarChart, sChart]) {
          const top = upper(draw(data, { rules }));
          expect(upper(draw(scaled, { rules }))).toBeCloseTo((top as number) * by, 7);
        }
      }),
    );
  });
  test("a constant moves the averages and leaves the spreads", () => {
    fc.assert(
      fc.property(groups, level, (data, by) => {
        const moved = { ...data, means: data.means.map((mean) => mean + by) };
        expect(sChart(moved, { rules })).toEqual(sChart(data, { rules }));
        const top = upper(xbarChart(data, { rules })) as number;
        expect(upper(xbarChart(moved, { rules }))).toBeCloseTo(top + by, 8);
      }),
    );
  });
});

describe("runsAnalysis and runChart", () => {
  test("runs and crossings agree with a count of the pieces", () => {
    fc.assert(
      fc.property(levels, (values) => {
        const result = runsAnalysis(values, 0.5);
        const text = values.map((value) => (value > 0.5 ? "H" : "L")).join("");
        const pieces = text.match(/H+|L+/g) ?? [];
        expect(result).toMatchObject({
          longestRun: Math.max(...pieces.map(({ length }) => length)),
          crossings: pieces.length - 1,
          useful: values.length,
        });
      }),
    );
  });
  test("any rising change of scale leaves the runs about the median", () => {
    fc.assert(
      fc.property(fc.uniqueArray(level, { minLength: 5, maxLength: 31 }), (values) => {
        fc.pre(values.length % 2 === 1);
        const plain = runChart(values);
        const bent = runChart(values.map((value) => value ** 3 + value));
        if (isAbsent(plain) || isAbsent(bent)) throw new Error("absent");
        expect({ ...bent, median: 0 }).toEqual({ ...plain, median: 0 });
      }),
    );
  });
  test("all on the median is absent", () => {
    expect(runChart([4, 4, 4])).toMatchObject({ absent: "allEqual" });
    expect(runChart([null, null])).toMatchObject({ absent: "notRecorded" });
  });
});

describe("assurance", () => {
  test("turned upside down it says the same", () => {
    fc.assert(
      fc.property(level, fc.nat(20), level, (low, width, target) => {
        const ask = { lower: low, upper: low + width, target };
        const turned = { lower: -low - width, upper: -low, target: -target };
        expect(assurance({ ...turned, improvement: "decrease" })).toBe(
          assurance({ ...ask, improvement: "increase" }),
        );
      }),
    );
  });
  test("a harder target is never met more surely", () => {
    const rank = { fail: 0, hitOrMiss: 1, pass: 2 };
    fc.assert(
      fc.property(level, fc.nat(20), level, fc.nat(30), (low, width, target, harder) => {
        const at = (aim: number) =>
          assurance({ lower: low, upper: low + width, target: aim, improvement: "increase" });
        expect(rank[at(target + harder) as "pass"]).toBeLessThanOrEqual(rank[at(target) as "pass"]);
      }),
    );
  });
});

describe("gapChart", () => {
  const gapRows = fc.array(fc.tuple(level, fc.integer({ min: 1, max: 9 })), {
    minLength: 3,
    maxLength: 25,
  });
  const series = (rows: readonly (readonly [number, number])[]) => ({
    gaps: rows.map(([gap]) => gap),
    standardErrors: rows.map(([, error]) => error),
  });
  test("limits are never narrower than three standard errors", () => {
    fc.assert(
      fc.property(gapRows, (rows) => {
        const chart = gapChart(series(rows), { rules });
        rows.forEach(([, error], i) => {
          expect((upper(chart, i) as number) - (chart.points[i]?.centre as number)).toBeGreaterThan(
            3 * error - 1e-9,
          );
        });
      }),
    );
  });
  test("the centre lies between the gaps and does not depend on the unit of precision", () => {
    fc.assert(
      fc.property(gapRows, (rows) => {
        const centre = gapChart(series(rows), { rules }).points[0]?.centre as number;
        const gaps = rows.map(([gap]) => gap);
        expect(centre).toBeGreaterThanOrEqual(Math.min(...gaps) - 1e-9);
        expect(centre).toBeLessThanOrEqual(Math.max(...gaps) + 1e-9);
        const wide = rows.map(([gap, error]) => [gap, 7 * error] as const);
        expect(gapChart(series(wide), { rules }).points[0]?.centre).toBeCloseTo(centre, 8);
      }),
    );
  });
});
