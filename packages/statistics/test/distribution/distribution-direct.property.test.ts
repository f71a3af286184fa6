import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changeInIndex,
  concentrationCurve,
  decomposeAtkinson,
  decomposeGeneralisedEntropy,
  decomposeGini,
  isAbsent,
  lorenzCurve,
  normalProbability,
  normalQuantile,
  type Result,
} from "../../src/index.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const sum = (values: Iterable<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function there<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}

const people = fc.array(
  fc.record({
    value: real(0.2, 50),
    rank: fc.integer({ min: 0, max: 4 }),
    copies: fc.integer({ min: 1, max: 4 }),
    group: fc.constantFrom("a", "b", "c"),
  }),
  { minLength: 3, maxLength: 24 },
);

test("Lorenz: each point is the sum of the lowest so many, whatever the unit; a weight is so many people", () => {
  fc.assert(
    fc.property(people, fc.constantFrom(0.25, 0.5, 2, 8), (list, unit) => {
      const everyone = list.flatMap((one) => Array<number>(one.copies).fill(one.value));
      const sorted = everyone.toSorted((a, b) => a - b);
      const curve = there(
        lorenzCurve({
          value: list.map((one) => one.value * unit),
          weight: list.map((one) => one.copies),
        }),
      );
      curve.population.forEach((share, i) => {
        const lowest = sorted.slice(0, Math.round(share * sorted.length));
        expect(share * sorted.length).toBeCloseTo(lowest.length, 8);
        expect(curve.share[i]).toBeCloseTo(sum(lowest) / sum(sorted), 10);
      });
      expect(curve.mean / unit).toBeCloseTo(sum(sorted) / sorted.length, 8);
      expect(curve.population).toHaveLength(new Set(everyone).size + 1);
    }),
  );
});

test("concentration curve: each point is the sum of those up to a rank; turned round it is mirrored", () => {
  fc.assert(
    fc.property(people, (list) => {
      const curve = (sign: number, value = list.map((one) => one.value)) =>
        there(
          concentrationCurve({
            value,
            rank: list.map((one) => sign * one.rank),
            weight: list.map((one) => one.copies),
          }),
        );
      const total = (rows: typeof list) => sum(rows.map((one) => one.value * one.copies));
      const heads = (rows: typeof list) => sum(rows.map((one) => one.copies));
      const { population, share } = curve(1);
      const ranks = [...new Set(list.map((one) => one.rank))].sort((a, b) => a - b);
      ranks.forEach((rank, i) => {
        const upTo = list.filter((one) => one.rank <= rank);
        expect(population[i + 1]).toBeCloseTo(heads(upTo) / heads(list), 10);
        expect(share[i + 1]).toBeCloseTo(total(upTo) / total(list), 10);
      });
      const back = curve(-1);
      back.share.toReversed().forEach((part, i) => {
        expect(1 - part).toBeCloseTo(share[i]!, 10);
        expect(1 - back.population.at(-1 - i)!).toBeCloseTo(population[i]!, 10);
      });
      const equal = curve(
        1,
        list.map(() => 3),
      );
      equal.share.forEach((part, i) => {
        expect(part).toBeCloseTo(equal.population[i]!, 10);
      });
    }),
  );
});

const grouped = people.map((list) => ({
  value: list.map((one) => one.value),
  group: list.map((one) => one.group),
}));
const membersOf = ({ value, group }: { value: number[]; group: string[] }) =>
  [...new Set(group)].map((name) => value.filter((_, i) => group[i] === name));
const mean = (values: readonly number[]) => sum(values) / values.length;

test("Atkinson's parts: from each group's equivalent level, and all or nothing at the extremes", () => {
  fc.assert(
    fc.property(grouped, fc.constantFrom(0.5, 1, 2), real(0.1, 9), (data, aversion, unit) => {
      const level = (values: readonly number[]) =>
        aversion === 1
          ? Math.exp(mean(values.map(Math.log)))
          : mean(values.map((y) => y ** (1 - aversion))) ** (1 / (1 - aversion));
      const members = membersOf(data);
      const kept = sum(members.map((m) => (m.length / data.value.length) * level(m)));
      const parts = there(decomposeAtkinson(data, { aversion }));
      expect(parts.within).toBeCloseTo(1 - kept / mean(data.value), 9);
      expect(parts.between).toBeCloseTo(1 - level(data.value) / kept, 9);
      const scaled = there(
        decomposeAtkinson({ ...data, value: data.value.map((y) => y * unit) }, { aversion }),
      );
      expect(scaled.between).toBeCloseTo(parts.between, 9);
      const one = there(
        decomposeAtkinson({ ...data, group: data.value.map(() => 0) }, { aversion }),
      );
      expect(one.between).toBeCloseTo(0, 10);
      const own = there(decomposeAtkinson({ ...data, group: data.value }, { aversion }));
      expect(own.within).toBeCloseTo(0, 10);
      expect(own.between).toBeCloseTo(parts.total, 9);
    }),
  );
});

test("entropy's parts: Theil's and the mean log deviation's by their own formulas, in any unit and order", () => {
  fc.assert(
    fc.property(grouped, real(0.1, 9), (data, unit) => {
      const whole = mean(data.value);
      const members = membersOf(data);
      const theil = (values: readonly number[]) =>
        mean(values.map((y) => (y / mean(values)) * Math.log(y / mean(values))));
      const deviation = (values: readonly number[]) =>
        mean(values.map((y) => Math.log(mean(values) / y)));
      const share = (values: readonly number[]) => values.length / data.value.length;
      const one = there(decomposeGeneralisedEntropy(data, { sensitivity: 1 }));
      const income = (m: readonly number[]) => (share(m) * mean(m)) / whole;
      expect(one.total).toBeCloseTo(theil(data.value), 9);
      expect(one.within).toBeCloseTo(sum(members.map((m) => income(m) * theil(m))), 9);
      expect(one.between).toBeCloseTo(
        sum(members.map((m) => income(m) * Math.log(mean(m) / whole))),
        9,
      );
      const zero = there(decomposeGeneralisedEntropy(data, { sensitivity: 0 }));
      expect(zero.total).toBeCloseTo(deviation(data.value), 9);
      expect(zero.within).toBeCloseTo(sum(members.map((m) => share(m) * deviation(m))), 9);
      const turned = there(
        decomposeGeneralisedEntropy(
          { value: data.value.map((y) => y * unit).reverse(), group: data.group.toReversed() },
          { sensitivity: 1 },
        ),
      );
      expect(turned.between).toBeCloseTo(one.between, 9);
    }),
  );
});

test("Gini's parts: half the mean difference of all pairs, of group means, and of pairs within groups", () => {
  fc.assert(
    fc.property(grouped, real(0.1, 9), (data, unit) => {
      const whole = mean(data.value);
      const half = (values: readonly number[]) =>
        mean(values.flatMap((a) => values.map((b) => Math.abs(a - b)))) / 2;
      const members = membersOf(data);
      const means = data.group.map((name) =>
        mean(data.value.filter((_, i) => data.group[i] === name)),
      );
      const parts = there(decomposeGini(data));
      expect(parts.total).toBeCloseTo(half(data.value) / whole, 9);
      expect(parts.between).toBeCloseTo(half(means) / whole, 9);
      const within = sum(members.map((m) => (m.length / data.value.length) ** 2 * half(m)));
      expect(parts.within).toBeCloseTo(within / whole, 9);
      const turned = there(
        decomposeGini({
          value: data.value.map((y) => y * unit).reverse(),
          group: data.group.toReversed(),
        }),
      );
      expect(turned.overlap).toBeCloseTo(parts.overlap, 9);
    }),
  );
});

test("a change of an index: no change is certain, its unit does not matter, its chance is the normal's", () => {
  const index = fc.record({ value: real(-5, 5), standardError: real(0.01, 2) });
  fc.assert(
    fc.property(index, index, real(0.1, 9), real(0.5, 0.999), (before, after, unit, confidence) => {
      const change = changeInIndex(before, after, { confidence });
      const error = Math.sqrt(before.standardError ** 2 + after.standardError ** 2);
      expect(change.standardError).toBeCloseTo(error, 10);
      expect(change.value).toBeCloseTo(after.value - before.value, 12);
      const z = normalQuantile((1 + confidence) / 2);
      expect(change.upper - change.value).toBeCloseTo(z * error, 8);
      expect(change.value - change.lower).toBeCloseTo(z * error, 8);
      const inside = normalProbability(Math.abs(change.value) / error);
      expect(change.probability).toBeCloseTo(2 - 2 * inside, 9);
      expect(changeInIndex(before, before).probability).toBeCloseTo(1, 12);
      const scaled = ({ value, standardError }: typeof before) => ({
        value: value * unit,
        standardError: standardError * unit,
      });
      const other = changeInIndex(scaled(before), scaled(after), { confidence });
      expect(other.lower / unit).toBeCloseTo(change.lower, 8);
      expect(other.probability).toBeCloseTo(change.probability, 9);
    }),
  );
});
