import { isAbsent, proportionDifference, type Result } from "@taproot/statistics";
import { describe, expect, test } from "vitest";
import {
  betweenServices,
  leakByStep,
  lossReasons,
  mixAndRest,
  reasonName,
  whyAnswer,
} from "../../src/index.ts";
import { type SmallRow, smallCube } from "../small-cube.ts";

const sex = ["Female", "Male"];
const cut = { sex: "Female" };

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}

/** So many referred, of whom shares are accepted, seen and complete; nobody is open. */
function fatesOf(referred: number, accepted: number, seen: number, completed: number) {
  const taken = referred * accepted;
  const met = taken * seen;
  const done = met * completed;
  return {
    declined: referred - taken,
    leftBeforeSeen: taken - met,
    leftAfterSeen: met - done,
    completedUnmeasured: done,
  };
}

describe("a gap that is planted at one step", () => {
  const cube = smallCube(
    [
      { in: { sex: "Female" }, fates: fatesOf(1000, 0.5, 0.8, 0.9) },
      { in: { sex: "Male" }, fates: fatesOf(2000, 0.75, 0.8, 0.9) },
    ],
    { groups: { sex } },
  );
  const leak = some(leakByStep(cube, { cut }));

  test("all of the leak is there", () => {
    expect(leak.people.value).toBeCloseTo(-180, 9);
    expect(
      leak.steps.map(({ step, people }) => [step, Number(people.value.toFixed(9)) + 0]),
    ).toEqual([
      ["accepted", -180],
      ["seen", 0],
      ["completed", 0],
    ]);
  });

  test("and the answer says so, with its size and how sure", () => {
    expect(whyAnswer(leak)).toMatchInlineSnapshot(
      `"Women and girls complete less often almost entirely because fewer are accepted: that makes 180 (likely 153 to 207) of the 180 fewer who complete (likely 143 to 217)."`,
    );
    expect(leak.sentence).toMatchInlineSnapshot(
      `"Of every 100 women and girls who are referred, 36 complete, against 54 of everyone else. That is 180 fewer than if they fared like everyone else (likely 143 to 217). Of these, 180 are lost at acceptance (likely 153 to 207). There is no difference before being seen (likely between 23 more and 23 fewer) and before completing (likely between 17 more and 17 fewer)."`,
    );
  });
});

describe("a gap that is planted between services", () => {
  // In each service both fare alike; women are sent to the one that accepts fewer.
  const rows = (service: string, accepted: number, women: number, men: number) => [
    { in: { sex: "Female", service }, fates: fatesOf(women, accepted, 1, 1) },
    { in: { sex: "Male", service }, fates: fatesOf(men, accepted, 1, 1) },
  ];
  const cube = smallCube([...rows("North", 0.8, 200, 800), ...rows("South", 0.4, 800, 200)], {
    groups: { sex, service: ["North", "South"] },
  });

  test("is all between them, and none within", () => {
    const split = some(betweenServices(cube, { cut }, { step: "accepted", by: "service" }));
    expect(split.whole.people.value).toBeCloseTo(-240, 9);
    expect(split.between.people.value).toBeCloseTo(-240, 9);
    expect(split.within.people.value).toBeCloseTo(0, 9);
    expect(
      split.services.map(({ service, between }) => [service.name, Math.round(between)]),
    ).toEqual([
      ["South", -120],
      ["North", -120],
    ]);
    expect(split.sentence).toMatchInlineSnapshot(
      `"48 % of the 1,000 women and girls with a decision were accepted, against 72 % of everyone else: 240 fewer (likely 198 to 281). No more and no fewer (likely between 49 more and 49 fewer) arise inside services, and 240 fewer (likely 207 to 273) from being sent to other services."`,
    );
  });

  test("so it is where a service takes one group only", () => {
    const apart = smallCube([...rows("North", 0.8, 0, 500), ...rows("South", 0.4, 500, 0)], {
      groups: { sex, service: ["North", "South"] },
    });
    const split = some(betweenServices(apart, { cut }, { step: "accepted", by: "service" }));
    expect(split.between.people.value).toBeCloseTo(-200, 9);
    expect(split.within.people.value).toBeCloseTo(0, 9);
    const mix = some(mixAndRest(apart, { cut }, { step: "accepted", fair: ["service"] }));
    expect(mix.unmatched).toEqual({ group: 500, others: 500 });
  });

  test("goes with the mix of services if that is held fair, and with nothing that does not matter", () => {
    const split = some(mixAndRest(cube, { cut }, { step: "accepted", fair: ["service"] }));
    expect(split.mix.people.value).toBeCloseTo(-240, 9);
    expect(split.rest.people.value).toBeCloseTo(0, 9);
    const irrelevant = smallCube(
      [...rows("North", 0.8, 200, 800), ...rows("South", 0.4, 800, 200)].flatMap((row) =>
        ["Yes", "No"].map((carer) => ({
          in: { ...row.in, carer },
          fates: Object.fromEntries(Object.entries(row.fates).map(([fate, n]) => [fate, n / 2])),
        })),
      ),
      { groups: { sex, service: ["North", "South"], carer: ["Yes", "No"] } },
    );
    const both = some(
      mixAndRest(irrelevant, { cut }, { step: "accepted", fair: ["service", "carer"] }),
    );
    expect(both.mix.people.value).toBeCloseTo(-240, 9);
    expect(both.characteristics.map(({ people }) => Math.abs(Math.round(people.value)))).toEqual([
      240, 0,
    ]);
    expect(both.sentence).toMatchInlineSnapshot(
      `"240 fewer women and girls were accepted than at the rate of everyone else (likely 198 to 281). Of that, another mix of service and caring role goes with 240 fewer (likely 207 to 273), and no more and no fewer (likely between 49 more and 49 fewer) remain between people who are alike in these. Between people who are alike, the difference could be chance."`,
    );
  });
});

describe("a longer wait", () => {
  // Of a service's people a share is seen in week 14, the rest in week 30; some are still waiting, and followed to week 40.
  const waits = (soon: number, people: number): NonNullable<SmallRow["waits"]> => [
    [14, "seen", Math.round(soon * people)],
    [30, "seen", Math.round((1 - soon) * people * 0.6)],
    [40, "waiting", Math.round((1 - soon) * people * 0.4)],
  ];
  const row = (one: string, service: string, soon: number, people: number) => ({
    in: { sex: one, service },
    fates: { inTreatment: people },
    waits: waits(soon, people),
  });
  const groups = { sex, service: ["North", "South"] };

  test("that comes from being sent to the service with the longer list is all between", () => {
    const cube = smallCube(
      [
        row("Female", "North", 0.8, 200),
        row("Female", "South", 0.4, 800),
        row("Male", "North", 0.8, 800),
        row("Male", "South", 0.4, 200),
      ],
      { groups },
    );
    const split = some(betweenServices(cube, { cut }, { step: "wait", by: "service" }));
    expect(split.horizonWeeks).toBe(18);
    expect(split.whole.people.value).toBeCloseTo(-240, 9);
    expect(split.between.people.value).toBeCloseTo(-240, 9);
    expect(split.within.people.value).toBeCloseTo(0, 9);
    expect(split.sentence).toMatchInlineSnapshot(
      `"48 % of the 1,000 women and girls on the list had been seen within 18 weeks, against 72 % of everyone else: 240 fewer (likely 198 to 282). No more and no fewer (likely between 49 more and 49 fewer) arise inside services, and 240 fewer (likely 207 to 273) from being sent to other services."`,
    );
    const mix = some(mixAndRest(cube, { cut }, { step: "wait", fair: ["service"] }));
    expect(mix.mix.people.value).toBeCloseTo(-240, 9);
    expect(mix.sentence).toContain("had been seen within 18 weeks");
  });

  test("inside a service is all within, with those who were followed for a while only weighed for", () => {
    const cube = smallCube(
      [
        row("Female", "North", 0.4, 500),
        row("Male", "North", 0.8, 500),
        { in: { sex: "Female", service: "North" }, waits: [[2, "waiting", 100]] },
        { in: { sex: "Male", service: "North" }, waits: [[2, "waiting", 100]] },
      ],
      { groups },
    );
    const split = some(betweenServices(cube, { cut }, { step: "wait", by: "service" }));
    expect(split.within.people.value).toBeCloseTo(split.whole.people.value, 9);
    // A tenth to a sixth were followed for two weeks only, before anybody was seen: they count as the others do.
    expect(split.whole.points.value).toBeCloseTo(-40, 6);
    expect(split.group.denominator).toBe(600);
    const few = proportionDifference(
      { numerator: 200, denominator: 500 },
      { numerator: 400, denominator: 500 },
    );
    if (isAbsent(few)) throw new Error(few.message);
    const width = split.whole.points.upper - split.whole.points.lower;
    expect(width / (100 * (few.upper - few.lower))).toBeCloseTo(1, 1);
  });

  test("where nobody's wait is recorded, it is said so", () => {
    const cube = smallCube([{ in: { sex: "Female" }, fates: { improved: 20 } }], {
      groups: { sex },
    });
    expect(mixAndRest(cube, { cut }, { step: "wait", fair: ["sex"] })).toMatchObject({
      absent: "notRecorded",
    });
  });
});

describe("peculiar data", () => {
  const rows = [
    { in: { sex: "Female", service: "North" }, fates: fatesOf(100, 0.5, 0.5, 0.5) },
    { in: { sex: "Male", service: "North" }, fates: fatesOf(100, 0.8, 0.5, 0.5) },
  ];
  const groups = { sex, service: ["North"] };

  test("one service only: nothing can be between services", () => {
    const split = some(
      betweenServices(smallCube(rows, { groups }), { cut }, { step: "accepted", by: "service" }),
    );
    expect(split.between.people).toEqual({ value: 0, lower: 0, upper: 0 });
    expect(split.sentence).toContain("one service only");
  });

  test("a group of three: too few, and no number", () => {
    const cube = smallCube(
      [
        { in: { sex: "Female" }, fates: { declined: 2, improved: 1 } },
        { in: { sex: "Male" }, fates: fatesOf(100, 0.8, 0.5, 0.5) },
      ],
      { groups: { sex } },
    );
    expect(leakByStep(cube, { cut })).toMatchObject({ absent: "tooFew" });
    expect(mixAndRest(cube, { cut }, { step: "accepted", fair: ["sex"] })).toMatchObject({
      absent: "tooFew",
    });
    for (const { loss } of lossReasons(cube, { cut }))
      expect(loss).toMatchObject({ absent: "tooFew" });
  });

  test("a step that is never recorded is passed through, and cannot be asked for", () => {
    const cube = smallCube(rows, { groups, steps: ["referred", "seen", "completed"] });
    expect(some(leakByStep(cube, { cut })).steps.map(({ step }) => step)).toEqual([
      "seen",
      "completed",
    ]);
    expect(leakByStep(cube, { cut }, { to: "accepted" })).toMatchObject({
      absent: "notRecorded",
    });
    const none = smallCube(rows, { groups, steps: ["referred"] });
    expect(leakByStep(none, { cut })).toMatchObject({ absent: "notRecorded" });
    expect(lossReasons(none, { cut })).toEqual([]);
  });

  test("too few get to the last step: the pathway is followed as far as it can be", () => {
    const leak = some(
      leakByStep(
        smallCube(
          [
            { in: { sex: "Female" }, fates: { declined: 50, leftBeforeSeen: 45, improved: 5 } },
            { in: { sex: "Male" }, fates: fatesOf(100, 0.8, 0.5, 0.5) },
          ],
          { groups: { sex } },
        ),
        { cut },
      ),
    );
    expect(leak).toMatchObject({ to: "seen", stoppedBefore: "completed" });
  });

  test("referrals that are still open are in no reach, and are told", () => {
    const open = smallCube(
      [
        { in: { sex: "Female" }, fates: { ...rows[0]!.fates, waiting: 40, awaitingDecision: 7 } },
        { in: { sex: "Male" }, fates: rows[1]!.fates },
      ],
      { groups: { sex } },
    );
    const leak = some(leakByStep(open, { cut }, { to: "seen" }));
    expect(leak.group.open).toBe(47);
    // Those waiting were accepted: 50 + 40 of 100 + 40; 25 of 50 settled were seen.
    expect(leak.group.rate).toBeCloseTo((90 / 140) * 0.5, 12);
    expect(leak.people.value).toBeCloseTo(147 * ((90 / 140) * 0.5 - 0.4), 9);
  });

  test("where not yet cannot be told from never, the open count as lost, and have that for a reason", () => {
    const cube = smallCube(
      [
        { in: { sex: "Female" }, fates: { waiting: 40, improved: 60 } },
        { in: { sex: "Male" }, fates: { waiting: 20, improved: 80 } },
      ],
      { groups: { sex }, steps: ["referred", "seen"], openCountsAsLost: ["seen"] },
    );
    const leak = some(leakByStep(cube, { cut }));
    expect(leak.openCountsAsLost).toEqual(["seen"]);
    expect(leak.people.value).toBeCloseTo(-20, 9);
    const [seen] = lossReasons(cube, { cut });
    expect(some(seen!.loss).reasons.map(reasonName)).toEqual(["Still open, counted as lost"]);
  });

  test("no reason recorded: shown as such", () => {
    const [accepted] = lossReasons(smallCube(rows, { groups }), { cut });
    const loss = some(accepted!.loss);
    expect(loss.noneRecorded).toBe(true);
    expect(loss.reasons.map(reasonName)).toEqual(["No reason recorded"]);
    expect(loss.sentence).toMatchInlineSnapshot(
      `"50 % of the 100 women and girls with a decision were declined, against 20 % of everyone else: 30 people more (likely 17 to 42). No reason is recorded for any of them."`,
    );
  });

  test("from need: referrals for each person who could need the service are the first step", () => {
    const cube = smallCube(
      [
        { in: { sex: "Female" }, fates: fatesOf(100, 0.5, 0.5, 1), population: 10_000 },
        { in: { sex: "Male" }, fates: fatesOf(200, 0.5, 0.5, 1), population: 10_000 },
      ],
      { groups: { sex } },
    );
    const leak = some(leakByStep(cube, { cut }, { from: "needed" }));
    expect(leak.steps.map(({ step, people }) => [step, Math.round(people.value) + 0])).toEqual([
      ["referred", -25],
      ["accepted", 0],
      ["seen", 0],
      ["completed", 0],
    ]);
    expect(leak.sentence).toMatchInlineSnapshot(
      `"For every 100 women and girls who could need the service, 0.25 complete, against 0.5 of everyone else. That is 25 fewer than if they fared like everyone else (likely 7.9 to 42). Of these, 25 are lost before being referred (likely 15 to 35). There is no difference at acceptance (likely between 9 more and 9 fewer), before being seen (likely between 13 more and 13 fewer) and before completing (likely between 2.3 more and 2.3 fewer)."`,
    );
    expect(leakByStep(smallCube(rows, { groups }), { cut }, { from: "needed" })).toMatchObject({
      absent: "notRecorded",
    });
  });

  test("who may be on either side is on neither, and counted", () => {
    const cube = smallCube(
      [...rows, { in: { service: "North" }, fates: fatesOf(40, 0.5, 0.5, 0.5) }],
      { groups },
    );
    expect(some(leakByStep(cube, { cut })).unknown).toBe(40);
    expect(some(leakByStep(cube, { cut })).others.people).toBe(100);
    expect(some(leakByStep(cube, { cut, against: { sex: "Male" } })).unknown).toBe(40);
    expect(some(leakByStep(cube, { cut, selection: { service: ["North"] } })).unknown).toBe(40);
  });

  test("a broken question is refused", () => {
    const cube = smallCube(rows, { groups });
    expect(() => leakByStep(cube, { cut: {} })).toThrow("at least one");
    expect(() => leakByStep(cube, { cut, against: cut })).toThrow("the same");
    expect(() => leakByStep(cube, { cut, against: { service: "North" } })).toThrow("different");
    expect(() => leakByStep(cube, { cut: { sex: "Other" } })).toThrow("has no group");
    expect(() => leakByStep(cube, { cut: { age: "5" } })).toThrow("no characteristic");
    expect(mixAndRest(cube, { cut }, { step: "accepted", fair: [] })).toHaveProperty("absent");
  });
});

describe("words", () => {
  const sentenceOf = (female: ReturnType<typeof fatesOf>, male: ReturnType<typeof fatesOf>) =>
    whyAnswer(
      some(
        leakByStep(
          smallCube(
            [
              { in: { sex: "Female" }, fates: female },
              { in: { sex: "Male" }, fates: male },
            ],
            { groups: { sex } },
          ),
          { cut },
        ),
      ),
    );

  test("where the group fares better, it is said as such", () => {
    expect(
      sentenceOf(fatesOf(1000, 0.9, 0.8, 0.9), fatesOf(1000, 0.6, 0.8, 0.9)),
    ).toMatchInlineSnapshot(
      `"Women and girls complete more often almost entirely because more are accepted: that makes 216 (likely 189 to 243) of the 216 more who complete (likely 173 to 259)."`,
    );
  });
  test("where there is no gap, none is explained", () => {
    expect(
      sentenceOf(fatesOf(200, 0.5, 0.6, 0.5), fatesOf(200, 0.5, 0.6, 0.55)),
    ).toMatchInlineSnapshot(
      `"These data do not show that women and girls complete less or more often than everyone else: the difference is 3 fewer (likely between 11 more and 17 fewer)."`,
    );
  });
  test("where two steps cancel out, the one that is sure is named", () => {
    expect(
      sentenceOf(fatesOf(1000, 0.5, 0.8, 0.5), fatesOf(1000, 0.8, 0.5, 0.5)),
    ).toMatchInlineSnapshot(
      `"These data do not show that women and girls complete less or more often than everyone else: the difference is no more and no fewer (likely between 35 more and 35 fewer). Single steps do differ: 98 fewer because fewer are accepted (likely 82 to 113) and 98 more because more of those accepted are seen (likely 80 to 115)."`,
    );
  });
  test("where others win some back", () => {
    expect(
      sentenceOf(fatesOf(1000, 0.4, 0.9, 0.5), fatesOf(1000, 0.8, 0.7, 0.5)),
    ).toMatchInlineSnapshot(
      `"Women and girls complete less often because fewer are accepted: that alone makes 160 fewer (likely 141 to 179), and the other steps make up for some of it, which leaves the 100 fewer who complete (likely 63 to 137)."`,
    );
  });
  test("where no step is sure by itself", () => {
    expect(
      sentenceOf(fatesOf(400, 0.75, 0.8, 0.75), fatesOf(400, 0.8, 0.85, 0.8)),
    ).toMatchInlineSnapshot(
      `"Women and girls complete less often than everyone else, but these data do not show at which step: the largest part of the 38 fewer who complete (likely 10 to 65) is 13 because fewer are accepted, and that could be chance (likely between 2 more and 28 fewer)."`,
    );
  });
});
