import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AbsenceReason,
  absent,
  checkCount,
  checkFinite,
  checkLengths,
  checkNumber,
  isAbsent,
  normalProbability,
  normalQuantile,
  proportion,
  StatisticsError,
  zOfConfidence,
} from "../../src/index.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anything = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, -1),
);
const name = fc.string({ unit: fc.constantFrom("a", "b", " ", "x"), minLength: 1, maxLength: 12 });
const reason = fc.constantFrom<AbsenceReason>("tooFew", "allEqual", "notReached", "suppressed");

/** The error that a call throws, or nothing. */
function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
}

/** ∫ exp(−x²/2)/√2π from a to b by Simpson's rule. */
function normalArea(a: number, b: number): number {
  const steps = 2000;
  const width = (b - a) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-0.5 * (a + i * width) ** 2);
  }
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

test("the normal probability is the area under its density", () => {
  fc.assert(
    fc.property(real(-8, 8), real(-8, 8), (a, b) => {
      expect(normalProbability(b) - normalProbability(a)).toBeCloseTo(normalArea(a, b), 11);
    }),
  );
});

test("the normal probability is mirrored at zero and rises", () => {
  fc.assert(
    fc.property(real(-30, 30), real(1e-3, 5), (z, more) => {
      expect(normalProbability(z) + normalProbability(-z)).toBeCloseTo(1, 14);
      expect(normalProbability(z + more)).toBeGreaterThanOrEqual(normalProbability(z));
      const low = -Math.abs(z);
      expect(normalProbability(low - more)).toBeLessThan(normalProbability(low));
    }),
  );
});

test("a normal quantile has the probability asked for, to the last digits of either tail", () => {
  fc.assert(
    fc.property(real(-37, 7), (z) => {
      const p = normalProbability(z);
      fc.pre(p > 0 && p < 1);
      expect(normalProbability(normalQuantile(p)) / p).toBeCloseTo(1, 11);
    }),
  );
});

test("a normal quantile is mirrored at a half and rises with its probability", () => {
  fc.assert(
    fc.property(real(1e-9, 0.5), real(1.001, 10), (p, times) => {
      expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(1 - (1 - p)), 9);
      expect(normalQuantile(p / times)).toBeLessThan(normalQuantile(p));
    }),
  );
});

test("the z of a confidence leaves half of what is left on either side", () => {
  fc.assert(
    fc.property(real(0.001, 0.9999), (confidence) => {
      const z = zOfConfidence(confidence);
      expect(normalArea(-z, z)).toBeCloseTo(confidence, 10);
    }),
  );
});

test("more confidence has a larger z, and what is no confidence throws", () => {
  fc.assert(
    fc.property(real(0.001, 0.999), real(0.001, 0.999), anything, (a, b, other) => {
      fc.pre(b - a > 1e-9);
      expect(zOfConfidence(a)).toBeLessThan(zOfConfidence(b));
      if (!(other > 0 && other < 1))
        expect(thrown(() => zOfConfidence(other))).toMatchObject({ code: "invalidConfidence" });
    }),
  );
});

test("a count is any number from 0 to 1e60, a finite number any within ±1e60, a number any but NaN", () => {
  fc.assert(
    fc.property(anything, name, (value, called) => {
      const count = value >= 0 && value <= 1e60;
      const finite = Math.abs(value) <= 1e60;
      expect(thrown(() => checkCount(called, value)) === undefined).toBe(count);
      expect(thrown(() => checkFinite(called, value)) === undefined).toBe(finite);
      // biome-ignore lint/suspicious/noSelfCompare: NaN alone is not itself: another way than the one checked.
      expect(thrown(() => checkNumber(called, value)) === undefined).toBe(value === value);
    }),
  );
});

test("each check is stricter than the next, and says what it was given", () => {
  fc.assert(
    fc.property(anything, name, (value, called) => {
      const errors = [checkCount, checkFinite, checkNumber].map((check) =>
        thrown(() => check(called, value)),
      );
      const refused = errors.map((error) => error !== undefined);
      expect(refused).toEqual(refused.toSorted((a, b) => Number(b) - Number(a)));
      for (const error of errors.filter((one) => one !== undefined)) {
        expect(error).toBeInstanceOf(StatisticsError);
        expect((error as Error).message).toContain(`invalid ${called};`);
      }
      if (refused[1]) expect((errors[1] as Error).message).toContain(String(value));
    }),
  );
});

const lengths = fc.array(fc.nat(4), { minLength: 1, maxLength: 5 });
const named = (sizes: readonly number[]) =>
  Object.fromEntries(sizes.map((size, i) => [`array ${i}`, new Float64Array(size)]));

test("arrays of one length have that length; the first other one is named with its length", () => {
  fc.assert(
    fc.property(lengths, (sizes) => {
      const other = sizes.findIndex((size) => size !== sizes[0]);
      if (other < 0) expect(checkLengths(named(sizes))).toBe(sizes[0]);
      else {
        const error = thrown(() => checkLengths(named(sizes))) as StatisticsError;
        expect(error.code).toBe("lengthMismatch");
        expect(error.message).toContain(`invalid array ${other}; ${sizes[other]} values`);
        expect(error.message).toContain(`array 0 has ${sizes[0]}`);
      }
    }),
  );
});

test("whether lengths agree does not depend on the order of the arrays or on their kind", () => {
  fc.assert(
    fc.property(lengths, fc.nat(4), (sizes, more) => {
      const agrees = (list: readonly number[]) =>
        thrown(() => checkLengths(named(list))) === undefined;
      expect(agrees(sizes.toReversed())).toBe(agrees(sizes));
      expect(agrees([...sizes, more])).toBe(agrees(sizes) && more === sizes[0]);
      expect(checkLengths({ text: "x".repeat(more), list: Array(more).fill(null) })).toBe(more);
    }),
  );
});

test("an absence keeps its reason and its sentence, and is told from every result", () => {
  fc.assert(
    fc.property(reason, fc.string(), fc.integer({ min: 1, max: 99 }), (why, message, n) => {
      const none = absent(why, message);
      expect(none).toEqual({ absent: why, message });
      expect(isAbsent(none)).toBe(true);
      expect(isAbsent(proportion(n - 1, n))).toBe(false);
      expect(isAbsent(proportion(0, 0))).toBe(true);
    }),
  );
});

test("only what carries the key is absent, whatever else it is", () => {
  fc.assert(
    fc.property(
      fc.anything(),
      fc.dictionary(fc.string(), fc.anything()),
      reason,
      (any, part, why) => {
        const keyed = typeof any === "object" && any !== null && "absent" in any;
        expect(isAbsent(any)).toBe(keyed);
        expect(isAbsent({ ...part, ...absent(why, "") })).toBe(true);
        const { absent: _, ...rest } = { ...part, ...absent(why, "so") };
        expect(isAbsent(rest)).toBe(false);
        expect(isAbsent([absent(why, "")])).toBe(false);
      },
    ),
  );
});

test("an error of this package carries its code and its sentence, and is told from others", () => {
  fc.assert(
    fc.property(fc.constantFrom("invalidCount", "invalidNumber"), fc.string(), (code, message) => {
      const error = new StatisticsError(code as "invalidCount", message);
      expect(error).toBeInstanceOf(Error);
      expect({ ...error, message: error.message, name: error.name }).toMatchObject({
        code,
        message,
        name: "StatisticsError",
      });
      expect(new Error(message)).not.toBeInstanceOf(StatisticsError);
    }),
  );
});

test("what no data could be throws that error with the code of what is wrong", () => {
  fc.assert(
    fc.property(real(-1e9, -1e-9), (below) => {
      expect(() => checkCount("people", below)).toThrow(StatisticsError);
      expect(() => proportion(below, 5)).toThrow(
        new StatisticsError(
          "invalidCount",
          `invalid numerator; not a count of at least 0: ${below}`,
        ),
      );
      expect(thrown(() => proportion(1, 5, { confidence: below }))).toMatchObject({
        code: "invalidConfidence",
      });
    }),
  );
});
