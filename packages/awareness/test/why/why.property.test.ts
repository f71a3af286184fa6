import { FATES, type Fate, STEP_FATES } from "@taproot/model";
import { isAbsent, type Result } from "@taproot/statistics";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betweenServices, leakByStep, lossReasons, mixAndRest } from "../../src/index.ts";
import { RARE_REASONS } from "../../src/why/reasons.ts";
import { smallCube } from "../small-cube.ts";

// Everything is held against the slow way: one record a person, counted one by one, orders gone through one by one.

const groups = {
  ethnicity: ["White", "Black, African or Caribbean", "Mixed or multiple"],
  service: ["North", "South", "West"],
  urgency: ["Urgent", "Routine"],
  declineReason: ["Criteria", "Information"],
  removalReason: ["Moved", "No reply"],
} as const;
type Name = keyof typeof groups;

interface Individual {
  readonly in: Partial<Record<Name, string>>;
  readonly fate: Fate;
}

const individual: fc.Arbitrary<Individual> = fc.record({
  in: fc.record(
    {
      ethnicity: fc.constantFrom(...groups.ethnicity),
      service: fc.constantFrom(...groups.service),
      urgency: fc.constantFrom(...groups.urgency),
      declineReason: fc.constantFrom(...groups.declineReason),
      removalReason: fc.constantFrom(...groups.removalReason),
    },
    { requiredKeys: [] },
  ),
  fate: fc.constantFrom(...FATES),
});
const people = fc.array(individual, { minLength: 150, maxLength: 400 });

const cubeOf = (
  list: readonly Individual[],
  names: readonly Name[] = ["ethnicity", "service", "urgency"],
) =>
  smallCube(
    list.map((one) => ({
      in: Object.fromEntries(names.flatMap((name) => (one.in[name] ? [[name, one.in[name]]] : []))),
      fates: { [one.fate]: 1 },
    })),
    { groups: Object.fromEntries(names.map((name) => [name, groups[name]])) },
  );

const cut = { ethnicity: "Black, African or Caribbean" };
const white = { ethnicity: "White" };
const inGroup = (one: Individual) => one.in.ethnicity === cut.ethnicity;
const inOthers = (one: Individual) => one.in.ethnicity !== undefined && !inGroup(one);
const steps = ["accepted", "seen", "completed", "improved"] as const;
type StepName = (typeof steps)[number];

const settledAt = (list: readonly Individual[], step: StepName) => {
  const reached = list.filter(({ fate }) => STEP_FATES[step].reached.includes(fate)).length;
  const lost = list.filter(({ fate }) => STEP_FATES[step].lost.includes(fate)).length;
  return { reached, settled: reached + lost };
};

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}
const add = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const enough = (list: readonly Individual[], step: StepName) =>
  settledAt(list.filter(inGroup), step).settled >= 10 &&
  settledAt(list.filter(inOthers), step).settled >= 10;

/** Every order of so many things. */
function orders(count: number): number[][] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => [
      ...order.slice(0, at),
      count - 1,
      ...order.slice(at),
    ]),
  );
}

describe("where the leak is", () => {
  test("is what changing one reach after the other gives, averaged over all orders", () => {
    fc.assert(
      fc.property(people, (list) => {
        fc.pre(steps.every((step) => enough(list, step)));
        const leak = some(leakByStep(cubeOf(list), { cut }, { to: "improved" }));
        const reach = (who: (one: Individual) => boolean) =>
          steps.map((step) => {
            const { reached, settled } = settledAt(list.filter(who), step);
            return reached / settled;
          });
        const [a, b] = [reach(inOthers), reach(inGroup)];
        const slow = steps.map(() => 0);
        const all = orders(steps.length);
        for (const order of all) {
          const now = [...a];
          for (const step of order) {
            const before = now.reduce((x, y) => x * y, 1);
            now[step] = b[step]!;
            slow[step]! += (now.reduce((x, y) => x * y, 1) - before) / all.length;
          }
        }
        const referred = list.filter(inGroup).length;
        leak.steps.forEach((step, i) => {
          expect(step.step).toBe(steps[i]);
          expect(step.points.value).toBeCloseTo(100 * slow[i]!, 9);
          expect(step.people.value).toBeCloseTo(referred * slow[i]!, 9);
          const direct = settledAt(list.filter(inGroup), step.step as StepName);
          expect([step.group.share.reached, step.group.share.denominator]).toEqual([
            direct.reached,
            direct.settled,
          ]);
        });
        expect(add(leak.steps.map(({ people: part }) => part.value))).toBeCloseTo(
          leak.people.value,
          9,
        );
        expect(leak.group.rate).toBeCloseTo(
          b.reduce((x, y) => x * y, 1),
          12,
        );
        expect(leak.unknown).toBe(list.filter((one) => one.in.ethnicity === undefined).length);
      }),
      { numRuns: 60 },
    );
  });

  test("swapping the two groups turns every sign", () => {
    fc.assert(
      fc.property(people, (list) => {
        const cube = cubeOf(list);
        const one = leakByStep(cube, { cut, against: white });
        const two = leakByStep(cube, { cut: white, against: cut });
        fc.pre(!isAbsent(one) && !isAbsent(two));
        expect(some(two).points.value).toBeCloseTo(-some(one).points.value, 9);
        expect(some(two).points.lower).toBeCloseTo(-some(one).points.upper, 9);
        some(one).steps.forEach((step, i) => {
          expect(some(two).steps[i]!.points.value).toBeCloseTo(-step.points.value, 9);
          expect(some(two).steps[i]!.points.upper).toBeCloseTo(-step.points.lower, 9);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("cells in pieces, by something that nobody asks for, change nothing", () => {
    fc.assert(
      fc.property(people, (list) => {
        const one = leakByStep(cubeOf(list), { cut });
        const two = leakByStep(cubeOf(list, ["ethnicity"]), { cut });
        expect(two).toEqual(one);
      }),
      { numRuns: 40 },
    );
  });
});

describe("between services and within them", () => {
  test("are Kitagawa's sums over the records, add up, and turn with the groups", () => {
    fc.assert(
      fc.property(people, (list) => {
        fc.pre(enough(list, "accepted"));
        const split = some(
          betweenServices(cubeOf(list), { cut }, { step: "accepted", by: "service" }),
        );
        const places = [undefined, ...groups.service];
        let [between, within] = [0, 0];
        const all = [inOthers, inGroup].map((who) => settledAt(list.filter(who), "accepted"));
        for (const place of places) {
          const [o, g] = [inOthers, inGroup].map((who) =>
            settledAt(
              list.filter((one) => who(one) && one.in.service === place),
              "accepted",
            ),
          );
          if (o!.settled === 0 && g!.settled === 0) continue;
          const [c1, c2] = [o!.settled / all[0]!.settled, g!.settled / all[1]!.settled];
          const r1 = o!.settled > 0 ? o!.reached / o!.settled : g!.reached / g!.settled;
          const r2 = g!.settled > 0 ? g!.reached / g!.settled : r1;
          between += ((c2 - c1) * (r1 + r2)) / 2;
          within += ((r2 - r1) * (c1 + c2)) / 2;
        }
        expect(split.between.points.value).toBeCloseTo(100 * between, 9);
        expect(split.within.points.value).toBeCloseTo(100 * within, 9);
        expect(split.between.people.value + split.within.people.value).toBeCloseTo(
          split.whole.people.value,
          9,
        );
        expect(add(split.services.map((one) => one.between))).toBeCloseTo(
          split.between.people.value,
          9,
        );
        expect(add(split.services.map((one) => one.within))).toBeCloseTo(
          split.within.people.value,
          9,
        );
        expect(add(split.services.map((one) => one.group.sent.reached))).toBe(all[1]!.settled);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the mix and the rest", () => {
  test("add up to the gap, by characteristic too; swapped, every sign turns", () => {
    fc.assert(
      fc.property(people, (list) => {
        const cube = cubeOf(list);
        const fair = ["service", "urgency"];
        const one = mixAndRest(cube, { cut, against: white }, { step: "seen", fair });
        const two = mixAndRest(cube, { cut: white, against: cut }, { step: "seen", fair });
        fc.pre(!isAbsent(one) && !isAbsent(two));
        const [a, b] = [some(one), some(two)];
        expect(a.mix.people.value + a.rest.people.value).toBeCloseTo(a.whole.people.value, 9);
        expect(add(a.characteristics.map(({ people: part }) => part.value))).toBeCloseTo(
          a.mix.people.value,
          9,
        );
        expect(b.mix.points.value).toBeCloseTo(-a.mix.points.value, 9);
        expect(b.rest.points.lower).toBeCloseTo(-a.rest.points.upper, 9);
        expect(b.unmatched).toEqual({ group: a.unmatched.others, others: a.unmatched.group });
      }),
      { numRuns: 60 },
    );
  });
});

describe("reasons", () => {
  test("are those of the records lost, and their differences add up to the gap at the step", () => {
    fc.assert(
      fc.property(people, (list) => {
        const cube = cubeOf(list, ["ethnicity", "declineReason", "removalReason"]);
        for (const { step, loss } of lossReasons(cube, { cut })) {
          if (isAbsent(loss)) continue;
          expect(add(loss.reasons.map(({ more }) => more.points.value))).toBeCloseTo(
            loss.more.points.value,
            9,
          );
          const saidBy = ({ in: { declineReason, removalReason } }: Individual) =>
            step === "accepted"
              ? (declineReason ?? removalReason)
              : (removalReason ?? declineReason);
          const compared = list.filter(
            (one) => (inGroup(one) || inOthers(one)) && STEP_FATES[step].lost.includes(one.fate),
          );
          // Reasons of fewer than ten people are told together: their words may tell of a person.
          const named = (said: string | undefined) =>
            said !== undefined && compared.filter((one) => saidBy(one) === said).length < 10
              ? RARE_REASONS
              : said;
          for (const { reason, none, group, others } of loss.reasons) {
            const lostFor = (who: (one: Individual) => boolean) =>
              compared.filter((one) => {
                const said = named(saidBy(one));
                return who(one) && (none ? said === undefined : said === reason);
              }).length;
            expect(group.reached).toBe(lostFor(inGroup));
            expect(others.reached).toBe(lostFor(inOthers));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
