import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dasGupta,
  kitagawa,
  mixDecomposition,
  oaxacaBlinder,
  pathwayLeak,
  shapleyEffects,
} from "../../src/explanation/index.ts";
import { isAbsent, type Result } from "../../src/foundation/estimate.ts";

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}
const total = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const positive = fc.double({ min: 0.05, max: 5, noNaN: true });

describe("Shapley", () => {
  const table = fc.integer({ min: 1, max: 5 }).chain((n) =>
    fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
      minLength: 1 << n,
      maxLength: 1 << n,
    }),
  );

  test("effects add up, and are the average over all orders", () => {
    fc.assert(
      fc.property(table, (worth) => {
        const n = Math.log2(worth.length);
        const effects = shapleyEffects(n, (set) => worth[set] as number);
        expect(total(effects)).toBeCloseTo((worth.at(-1) as number) - (worth[0] as number), 9);
        const slow = new Array(n).fill(0);
        const orders: number[][] = [[]];
        for (let i = 0; i < n; i++)
          for (const order of orders.splice(0))
            for (let f = 0; f < n; f++) if (!order.includes(f)) orders.push([...order, f]);
        for (const order of orders) {
          let set = 0;
          for (const f of order) {
            slow[f] += ((worth[set | (1 << f)] as number) - (worth[set] as number)) / orders.length;
            set |= 1 << f;
          }
        }
        slow.forEach((value, f) => {
          expect(effects[f]).toBeCloseTo(value, 9);
        });
      }),
    );
  });

  test("a factor that changes nothing has no effect", () => {
    fc.assert(
      fc.property(table, (worth) => {
        const n = Math.log2(worth.length);
        const effects = shapleyEffects(n + 1, (set) => worth[set & (worth.length - 1)] as number);
        expect(effects[n]).toBeCloseTo(0, 12);
      }),
    );
  });

  test("refuses too many factors and values that are no numbers", () => {
    expect(() => shapleyEffects(16, () => 1)).toThrow("invalid factors");
    expect(() => shapleyEffects(1, () => Number.NaN)).toThrow("invalid worth");
  });
});

describe("Das Gupta", () => {
  const pair = fc.array(fc.tuple(positive, positive), { minLength: 1, maxLength: 8 });
  const split = (rows: [number, number][]) =>
    dasGupta({
      first: Object.fromEntries(rows.map(([a], i) => [`f${i}`, a])),
      second: Object.fromEntries(rows.map(([, b], i) => [`f${i}`, b])),
    });

  test("adds up; turned round it changes sign; a factor that is equal has no effect", () => {
    fc.assert(
      fc.property(pair, positive, (rows, same) => {
        const one = split(rows);
        const scale = Math.max(1, one.first, one.second);
        expect((total(one.effects.map((e) => e.value)) - one.difference) / scale).toBeCloseTo(
          0,
          10,
        );
        const turned = split(rows.map(([a, b]) => [b, a]));
        one.effects.forEach((effect, i) => {
          expect(((turned.effects[i]?.value as number) + effect.value) / scale).toBeCloseTo(0, 10);
        });
        if (rows.length < 8)
          expect(split([...rows, [same, same]]).effects.at(-1)?.value).toBeCloseTo(0, 12);
      }),
    );
  });

  test("the delta errors of a product of two are the textbook ones", () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, positive, (a, b, x, y, error) => {
        const result = dasGupta({
          first: { p: a, q: x },
          second: { p: b, q: y },
          firstErrors: { p: error },
          secondErrors: { q: error },
        });
        // Effect of p: (b − a)(x + y)/2; its slopes in a and in y.
        const [p, q] = result.effects;
        expect(p?.standardError).toBeCloseTo(Math.hypot((x + y) / 2, (b - a) / 2) * error, 9);
        expect(q?.standardError).toBeCloseTo(Math.hypot((y - x) / 2, (a + b) / 2) * error, 9);
      }),
    );
  });
});

const pathway = fc
  .tuple(
    fc.integer({ min: 50, max: 5000 }),
    fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
  )
  .map(([first, reaches]) => {
    const counts = [first];
    for (const reach of reaches)
      counts.push(Math.max(1, Math.round((counts.at(-1) as number) * reach)));
    return counts;
  });

describe("pathway leak", () => {
  test("is Das Gupta's split of the reaches, errors included", () => {
    fc.assert(
      fc.property(pathway, pathway, (group, other) => {
        const leak = some(pathwayLeak(group, other));
        const factors = (counts: number[]) =>
          Object.fromEntries(counts.slice(1).map((n, s) => [`s${s}`, n / (counts[s] as number)]));
        const errors = (counts: number[]) =>
          Object.fromEntries(
            counts.slice(1).map((y, s) => {
              const n = counts[s] as number;
              const p = y === n ? (y + 0.5) / (n + 1) : y / n;
              return [`s${s}`, Math.sqrt((p * (1 - p)) / n)];
            }),
          );
        const split = dasGupta({
          first: factors(other),
          second: factors(group),
          firstErrors: errors(other),
          secondErrors: errors(group),
        });
        leak.steps.forEach((step, s) => {
          expect(step.value).toBeCloseTo(split.effects[s]?.value as number, 10);
          expect(step.standardError).toBeCloseTo(split.effects[s]?.standardError as number, 10);
          expect(step.people.value).toBeCloseTo(step.value * (group[0] as number), 8);
        });
        expect(total(leak.steps.map((step) => step.value))).toBeCloseTo(leak.value, 12);
      }),
    );
  });

  test("no gap against itself, and the mirror against the other", () => {
    fc.assert(
      fc.property(pathway, pathway, (group, other) => {
        expect(some(pathwayLeak(group, group)).steps.every((s) => Math.abs(s.value) < 1e-14)).toBe(
          true,
        );
        const [one, two] = [some(pathwayLeak(group, other)), some(pathwayLeak(other, group))];
        expect(two.value).toBeCloseTo(-one.value, 12);
        expect(two.steps[2]?.value).toBeCloseTo(-(one.steps[2]?.value as number), 12);
      }),
    );
  });

  test("with the settled given, each reach is of the settled, and the whole their product", () => {
    fc.assert(
      fc.property(pathway, pathway, fc.integer({ min: 0, max: 400 }), (group, other, open) => {
        const settledOf = (counts: number[]) => counts.slice(0, -1);
        // More people referred who are still open at the first step change nothing but the number of people.
        const with_ = some(
          pathwayLeak([(group[0] as number) + open, ...group.slice(1)], other, {
            settled: { group: settledOf(group), comparator: settledOf(other) },
          }),
        );
        const without = some(pathwayLeak(group, other));
        expect(with_.value).toBeCloseTo(without.value, 12);
        expect(with_.steps.map((step) => step.standardError)).toEqual(
          without.steps.map((step) => step.standardError),
        );
        expect(with_.people.value).toBeCloseTo(without.value * ((group[0] as number) + open), 8);
      }),
    );
  });

  test("a first step of events among people: Poisson errors, and more events than people", () => {
    const leak = some(pathwayLeak([100, 150, 75], [200, 100, 60], { firstIsRate: true }));
    expect(leak.groupRate).toBeCloseTo(0.75, 12);
    expect(leak.comparatorRate).toBeCloseTo(0.3, 12);
    const split = dasGupta({
      first: { referred: 0.5, seen: 0.6 },
      second: { referred: 1.5, seen: 0.5 },
      firstErrors: { referred: 10 / 200, seen: Math.sqrt((0.6 * 0.4) / 100) },
      secondErrors: { referred: Math.sqrt(150) / 100, seen: Math.sqrt(0.25 / 150) },
    });
    leak.steps.forEach((step, s) => {
      expect(step.value).toBeCloseTo(split.effects[s]?.value as number, 12);
      expect(step.standardError).toBeCloseTo(split.effects[s]?.standardError as number, 12);
    });
  });

  test("guards", () => {
    expect(() => pathwayLeak([5, 4], [5, 4], { settled: { group: [5], comparator: [] } })).toThrow(
      "invalid settled",
    );
    expect(pathwayLeak([5, 4], [5, 0], { settled: { group: [4], comparator: [0] } })).toMatchObject(
      { absent: "zeroDenominator" },
    );
    expect(pathwayLeak([5, 0, 0], [5, 4, 3])).toMatchObject({ absent: "zeroDenominator" });
    expect(() => pathwayLeak([5, 6], [5, 4])).toThrow("invalid counts");
    expect(() => pathwayLeak([5, 4], [5])).toThrow("invalid comparator");
  });
});

const services = fc.array(
  fc.record({
    n1: fc.integer({ min: 1, max: 400 }),
    n2: fc.integer({ min: 1, max: 400 }),
    p1: fc.double({ min: 0, max: 1, noNaN: true }),
    p2: fc.double({ min: 0, max: 1, noNaN: true }),
    sex: fc.integer({ min: 0, max: 1 }),
    age: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 2, maxLength: 8 },
);
type Services = { n1: number; n2: number; p1: number; p2: number; sex: number; age: number }[];
const side = (rows: Services, which: 1 | 2) => ({
  sizes: rows.map((r) => r[`n${which}`]),
  events: rows.map((r) => Math.round(r[`n${which}`] * r[`p${which}`])),
});

describe("Kitagawa", () => {
  test("adds up by part, by category and by characteristic; turned round it changes sign", () => {
    fc.assert(
      fc.property(services, (rows) => {
        // One row a crossing, as the split by characteristic needs.
        const unique = rows.filter(
          (r, i) => rows.findIndex((o) => o.sex === r.sex && o.age === r.age) === i,
        );
        const characteristics = { sex: unique.map((r) => r.sex), age: unique.map((r) => r.age) };
        const one = some(kitagawa(side(unique, 1), side(unique, 2), { characteristics }));
        expect(one.composition.value + one.rate.value).toBeCloseTo(one.difference.value, 10);
        expect(total(Object.values(one.characteristics).map((p) => p.value))).toBeCloseTo(
          one.composition.value,
          10,
        );
        expect(total(one.categories.map((c) => c.composition))).toBeCloseTo(
          one.composition.value,
          10,
        );
        expect(total(one.categories.map((c) => c.rate))).toBeCloseTo(one.rate.value, 10);
        const turned = some(kitagawa(side(unique, 2), side(unique, 1)));
        expect(turned.rate.value).toBeCloseTo(-one.rate.value, 10);
        expect(turned.rate.standardError).toBeCloseTo(one.rate.standardError, 8);
      }),
    );
  });

  test("the error of the difference is that of two binomial shares, and of each part the closed form", () => {
    fc.assert(
      fc.property(services, (rows) => {
        const result = some(kitagawa(side(rows, 1), side(rows, 2)));
        let [rate, structure] = [0, 0];
        const shares = [side(rows, 1), side(rows, 2)].map(({ sizes, events }) => {
          const people = total(sizes);
          return {
            people,
            share: sizes.map((n) => n / people),
            rate: sizes.map((n, k) => (events[k] as number) / n),
            variance: sizes.map((n, k) => {
              const y = events[k] as number;
              const p = y === 0 || y === n ? (y + 0.5) / (n + 1) : y / n;
              return (p * (1 - p)) / n;
            }),
          };
        });
        const [a, b] = shares as [(typeof shares)[0], (typeof shares)[0]];
        for (const own of [a, b]) {
          let [mean, square] = [0, 0];
          own.share.forEach((c, k) => {
            const g = ((a.rate[k] as number) + (b.rate[k] as number)) / 2;
            mean += g * c;
            square += g * g * c;
            const v = own.variance[k] as number;
            rate += (((a.share[k] as number) + (b.share[k] as number)) / 2) ** 2 * v;
            structure += (((b.share[k] as number) - (a.share[k] as number)) / 2) ** 2 * v;
          });
          structure += (square - mean * mean) / own.people;
          let [change, squared] = [0, 0];
          own.share.forEach((c, k) => {
            const g = ((b.rate[k] as number) - (a.rate[k] as number)) / 2;
            change += g * c;
            squared += g * g * c;
          });
          rate += (squared - change * change) / own.people;
        }
        expect(result.rate.standardError).toBeCloseTo(Math.sqrt(rate), 6);
        expect(result.composition.standardError).toBeCloseTo(Math.sqrt(structure), 6);
        // With one characteristic the composition is its structure, and its error is found by differences.
        const service = rows.map((_, k) => k);
        const one = some(kitagawa(side(rows, 1), side(rows, 2), { characteristics: { service } }));
        expect(one.characteristics.service?.value).toBeCloseTo(one.composition.value, 10);
        expect(one.characteristics.service?.standardError).toBeCloseTo(Math.sqrt(structure), 6);
        const crude = [a, b].map(
          (own) => own.share.reduce((sum, c, k) => sum + c * (own.rate[k] as number), 0) / 1,
        );
        // Where no rate is 0 or 1 the difference has the error of two binomial shares.
        if (![...a.rate, ...b.rate].some((r) => r === 0 || r === 1))
          expect(result.difference.standardError).toBeCloseTo(
            Math.sqrt(
              crude.reduce((v, p, i) => v + (p * (1 - p)) / ([a, b][i]?.people as number), 0),
            ),
            9,
          );
      }),
    );
  });
});

describe("Kitagawa where a category is empty on one side", () => {
  test("nothing differs within it: all that it makes is composition, with its error", () => {
    const split = some(
      kitagawa({ sizes: [100, 0], events: [60, 0] }, { sizes: [50, 50], events: [30, 10] }),
    );
    expect(split.rate.value).toBeCloseTo(0, 12);
    expect(split.composition.value).toBeCloseTo(-0.2, 12);
    const variance = (0.6 * 0.4) / 100 + (0.4 * 0.6) / 100;
    expect(split.difference.standardError).toBeCloseTo(Math.sqrt(variance), 12);
    // Only the first category's rates are compared.
    expect(split.rate.standardError).toBeCloseTo(
      Math.sqrt(0.75 ** 2 * ((0.6 * 0.4) / 100 + (0.6 * 0.4) / 50)),
      12,
    );
    const service = ["a", "b"];
    const crossed = some(
      kitagawa(
        { sizes: [100, 0], events: [60, 0] },
        { sizes: [50, 50], events: [30, 10] },
        { characteristics: { service } },
      ),
    );
    expect(crossed.characteristics.service?.standardError).toBeCloseTo(
      crossed.composition.standardError,
      6,
    );
  });
});

describe("weighted events", () => {
  test("the same parts with wider intervals; a category may hold more events than people", () => {
    fc.assert(
      fc.property(services, fc.double({ min: 1, max: 4, noNaN: true }), (rows, inflation) => {
        const [a, b] = [side(rows, 1), side(rows, 2)];
        const plain = some(kitagawa(a, b));
        const wide = some(kitagawa(a, b, { inflation }));
        for (const part of ["composition", "rate", "difference"] as const) {
          expect(wide[part].value).toBe(plain[part].value);
          expect(wide[part].standardError).toBeCloseTo(
            plain[part].standardError * Math.sqrt(inflation),
            12,
          );
        }
        const service = rows.map((_, k) => k);
        const mix = some(
          mixDecomposition({ first: a, second: b, characteristics: { service } }, { inflation }),
        );
        expect(mix.mix.value).toBeCloseTo(wide.composition.value, 12);
        expect(mix.mix.standardError).toBeCloseTo(wide.composition.standardError, 12);
      }),
    );
    const over = { sizes: [2, 100], events: [2.4, 50] };
    const split = some(kitagawa(over, over, { inflation: 1.2 }));
    expect(split.first).toBeCloseTo(52.4 / 102, 12);
    expect(split.rate.standardError).toBeGreaterThan(0);
    expect(() => kitagawa(over, over)).toThrow("invalid events");
    expect(() => kitagawa(over, over, { inflation: 0.9 })).toThrow("invalid inflation");
    const characteristics = { service: [0, 1] };
    expect(
      some(mixDecomposition({ first: over, second: over, characteristics }, { inflation: 1.2 }))
        .rest.standardError,
    ).toBeCloseTo(split.rate.standardError, 12);
    expect(() => mixDecomposition({ first: over, second: over, characteristics })).toThrow(
      "invalid events",
    );
  });
});

describe("mix and rest", () => {
  const cell = fc.record({
    n1: fc.integer({ min: 0, max: 60 }),
    n2: fc.integer({ min: 0, max: 60 }),
    p1: fc.double({ min: 0, max: 1, noNaN: true }),
    p2: fc.double({ min: 0, max: 1, noNaN: true }),
    age: fc.integer({ min: 0, max: 2 }),
    urgency: fc.integer({ min: 0, max: 2 }),
    sex: fc.integer({ min: 0, max: 1 }),
  });
  const cells = fc
    .array(cell, { minLength: 2, maxLength: 14 })
    .filter((rows) => rows.some((r) => r.n1 > 0) && rows.some((r) => r.n2 > 0));
  type Cell = Services[number] & { urgency: number };
  const inputOf = (rows: readonly Cell[], names: readonly ("age" | "urgency" | "sex")[]) => ({
    first: side([...rows], 1),
    second: side([...rows], 2),
    characteristics: Object.fromEntries(names.map((name) => [name, rows.map((r) => r[name])])),
  });

  test("parts add up exactly, by part and by characteristic; swapped, every sign turns", () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const input = inputOf(rows, ["age", "urgency", "sex"]);
        const split = some(mixDecomposition(input));
        expect(split.mix.value + split.rest.value).toBeCloseTo(split.difference.value, 12);
        expect(total(Object.values(split.characteristics).map((p) => p.value))).toBeCloseTo(
          split.mix.value,
          12,
        );
        const swapped = some(
          mixDecomposition({ ...input, first: input.second, second: input.first }),
        );
        for (const part of ["difference", "mix", "rest"] as const) {
          expect(swapped[part].value).toBeCloseTo(-split[part].value, 12);
          expect(swapped[part].standardError).toBeCloseTo(split[part].standardError, 12);
        }
        for (const name of Object.keys(split.characteristics))
          expect(swapped.characteristics[name]?.value).toBeCloseTo(
            -(split.characteristics[name]?.value as number),
            12,
          );
      }),
    );
  });

  test("no order: however the characteristics are named, each has the same part", () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const one = some(mixDecomposition(inputOf(rows, ["age", "urgency", "sex"])));
        const two = some(mixDecomposition(inputOf(rows, ["sex", "urgency", "age"])));
        for (const name of ["age", "urgency", "sex"])
          expect(two.characteristics[name]?.value).toBeCloseTo(
            one.characteristics[name]?.value as number,
            12,
          );
      }),
    );
  });

  test("of one characteristic it is Kitagawa's, with its errors; pieces of cells change nothing", () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const split = some(mixDecomposition(inputOf(rows, ["age"])));
        const ages = [...new Set(rows.map((r) => r.age))];
        const gather = (which: 1 | 2) => {
          const { sizes, events } = side([...rows], which);
          const of = (values: readonly number[], age: number) =>
            total(values.filter((_, k) => rows[k]?.age === age));
          return {
            sizes: ages.map((age) => of(sizes, age)),
            events: ages.map((age) => of(events, age)),
          };
        };
        const [first, second] = [gather(1), gather(2)];
        const published = some(kitagawa(first, second));
        expect(split.mix.value).toBeCloseTo(published.composition.value, 12);
        expect(split.rest.value).toBeCloseTo(published.rate.value, 12);
        const gathered = some(mixDecomposition({ first, second, characteristics: { age: ages } }));
        expect(gathered.mix.value).toBeCloseTo(split.mix.value, 12);
        expect(gathered.mix.standardError).toBeCloseTo(published.composition.standardError, 12);
        expect(gathered.rest.standardError).toBeCloseTo(published.rate.standardError, 12);
      }),
    );
  });

  test("a characteristic with which no rate differs has no part, and changes no other", () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const [first, second] = [side([...rows], 1), side([...rows], 2)];
        // Each cell in three equal pieces: the split goes with nothing.
        const thrice = (values: readonly number[]) => values.flatMap((v) => [v, v, v]);
        const whole = some(mixDecomposition(inputOf(rows, ["age", "urgency"])));
        const split = some(
          mixDecomposition({
            first: { sizes: thrice(first.sizes), events: thrice(first.events) },
            second: { sizes: thrice(second.sizes), events: thrice(second.events) },
            characteristics: {
              age: thrice(rows.map((r) => r.age)),
              urgency: thrice(rows.map((r) => r.urgency)),
              piece: rows.flatMap(() => [0, 1, 2]),
            },
          }),
        );
        expect(split.characteristics.piece?.value).toBeCloseTo(0, 12);
        expect(split.mix.value).toBeCloseTo(whole.mix.value, 12);
        expect(split.characteristics.age?.value).toBeCloseTo(
          whole.characteristics.age?.value as number,
          12,
        );
      }),
    );
  });

  test("the errors are those of a table resampled from itself", () => {
    const rows = [
      { n1: 300, y1: 180, n2: 120, y2: 60, age: 0, urgency: 0 },
      { n1: 200, y1: 150, n2: 260, y2: 170, age: 0, urgency: 1 },
      { n1: 150, y1: 60, n2: 240, y2: 72, age: 1, urgency: 0 },
      { n1: 350, y1: 245, n2: 180, y2: 108, age: 1, urgency: 1 },
    ];
    const splitOf = (table: typeof rows) =>
      some(
        mixDecomposition({
          first: { sizes: table.map((r) => r.n1), events: table.map((r) => r.y1) },
          second: { sizes: table.map((r) => r.n2), events: table.map((r) => r.y2) },
          characteristics: { age: table.map((r) => r.age), urgency: table.map((r) => r.urgency) },
        }),
      );
    const found = splitOf(rows);
    // Delta method by differences, over the multinomial of each population's cells and outcomes.
    const parts = (split: ReturnType<typeof splitOf>) => [
      split.mix.value,
      split.rest.value,
      split.characteristics.age?.value as number,
      split.characteristics.urgency?.value as number,
    ];
    const variances = [0, 0, 0, 0];
    for (const [size, event] of [
      ["n1", "y1"],
      ["n2", "y2"],
    ] as const) {
      const people = total(rows.map((r) => r[size]));
      const slopes: { share: number; by: number[] }[] = [];
      rows.forEach((row, k) => {
        for (const outcome of [0, 1]) {
          const count = outcome ? row[event] : row[size] - row[event];
          const step = 1e-3;
          const moved = (by: number) =>
            parts(
              splitOf(
                rows.map((r, at) =>
                  at === k
                    ? { ...r, [size]: r[size] + by, [event]: r[event] + (outcome ? by : 0) }
                    : r,
                ),
              ),
            );
          const [up, down] = [moved(step), moved(-step)];
          slopes.push({
            share: count / people,
            by: up.map((value, i) => ((value - (down[i] as number)) / (2 * step)) * people),
          });
        }
      });
      variances.forEach((_, i) => {
        const mean = total(slopes.map(({ share, by }) => share * (by[i] as number)));
        const square = total(slopes.map(({ share, by }) => share * (by[i] as number) ** 2));
        variances[i] = (variances[i] as number) + (square - mean ** 2) / people;
      });
    }
    expect(found.mix.standardError).toBeCloseTo(Math.sqrt(variances[0] as number), 8);
    expect(found.rest.standardError).toBeCloseTo(Math.sqrt(variances[1] as number), 8);
    expect(found.characteristics.age?.standardError).toBeCloseTo(
      Math.sqrt(variances[2] as number),
      8,
    );
    expect(found.characteristics.urgency?.standardError).toBeCloseTo(
      Math.sqrt(variances[3] as number),
      8,
    );
  });

  test("who has nobody alike is counted, and goes with the mix; guards", () => {
    const split = some(
      mixDecomposition({
        first: { sizes: [50, 20, 0], events: [25, 4, 0] },
        second: { sizes: [40, 0, 30], events: [20, 0, 27] },
        characteristics: { age: [0, 1, 2] },
      }),
    );
    expect(split.unmatched).toEqual({ first: 20, second: 30 });
    expect(split.rest.value).toBeCloseTo(0, 12);
    const one = { sizes: [5], events: [2] };
    expect(
      mixDecomposition({
        first: one,
        second: { sizes: [0], events: [0] },
        characteristics: { a: [1] },
      }),
    ).toMatchObject({ absent: "zeroDenominator" });
    expect(() => mixDecomposition({ first: one, second: one, characteristics: {} })).toThrow(
      "invalid characteristics",
    );
    expect(() =>
      mixDecomposition({
        first: { sizes: [5], events: [6] },
        second: one,
        characteristics: { a: [1] },
      }),
    ).toThrow("invalid events");
  });
});

describe("Oaxaca–Blinder", () => {
  const people = fc.array(
    fc.record({
      x: fc.integer({ min: 0, max: 9 }),
      noise: fc.double({ min: -2, max: 2, noNaN: true }),
    }),
    { minLength: 24, maxLength: 40 },
  );
  const input = (rows: { x: number; noise: number }[], shift: number) => ({
    outcome: rows.map((r, i) => 3 + 0.7 * r.x + r.noise + (i % 2) * shift),
    predictors: { x: rows.map((r, i) => r.x + (i % 4) * 0.3) },
    group: rows.map((_, i) => i % 2),
  });

  test("parts add up to the gap, by whole and by predictor; swapping groups changes the sign", () => {
    fc.assert(
      fc.property(people, fc.double({ min: -3, max: 3, noNaN: true }), (rows, shift) => {
        const given = input(rows, shift);
        for (const reference of ["A", "B", "neumark", 0.3] as const) {
          const result = oaxacaBlinder(given, { reference });
          if (isAbsent(result)) return;
          const { threefold, twofold, difference, detail } = result;
          expect(
            threefold.endowments.value + threefold.coefficients.value + threefold.interaction.value,
          ).toBeCloseTo(difference.value, 8);
          expect(twofold.explained.value + twofold.unexplained.value).toBeCloseTo(
            difference.value,
            8,
          );
          const parts = Object.values(detail);
          expect(total(parts.map((p) => p.explained))).toBeCloseTo(twofold.explained.value, 8);
          expect(total(parts.map((p) => p.endowments.value))).toBeCloseTo(
            threefold.endowments.value,
            8,
          );
          const swapped = oaxacaBlinder({ ...given, group: given.group.map((g) => 1 - g) });
          if (isAbsent(swapped)) return;
          expect(swapped.difference.value).toBeCloseTo(-difference.value, 10);
          if (reference === "neumark")
            expect(swapped.twofold.explained.standardError).toBeCloseTo(
              twofold.explained.standardError,
              8,
            );
        }
      }),
    );
  });

  test("a shift of all outcomes of one group is all in the coefficients, and none in the endowments", () => {
    fc.assert(
      fc.property(people, fc.double({ min: -3, max: 3, noNaN: true }), (rows, shift) => {
        const [without, with_] = [oaxacaBlinder(input(rows, 0)), oaxacaBlinder(input(rows, shift))];
        if (isAbsent(without) || isAbsent(with_)) return;
        expect(with_.threefold.endowments.value).toBeCloseTo(without.threefold.endowments.value, 8);
        expect(with_.threefold.coefficients.value).toBeCloseTo(
          without.threefold.coefficients.value - shift,
          8,
        );
      }),
    );
  });

  test("guards", () => {
    const given = { outcome: [1, 2, 3, 4], predictors: { x: [1, 2, 3, 4] }, group: [0, 0, 0, 0] };
    expect(oaxacaBlinder(given)).toMatchObject({ absent: "zeroDenominator" });
    expect(oaxacaBlinder({ ...given, group: [0, 1, 0, 1] })).toMatchObject({ absent: "tooFew" });
    expect(() => oaxacaBlinder({ ...given, group: [0, 1, 2, 1] })).toThrow("invalid group");
    expect(() => oaxacaBlinder(given, { reference: 2 })).toThrow("invalid reference");
  });
});
