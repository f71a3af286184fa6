import { expect, test } from "vitest";
import { measured } from "./run-measure.ts";

// The rows of a family need not stand together.
const table = `family,test,p
referral,sex,0.001
letters,sex,0.6
referral,age,0.02
letters,age,0.9
calls,sex,0.8
referral,language,0.03
calls,age,0.3
visits,sex,0.0002
visits,age,0.024
`;

test("two levels: a family without any sign is not looked into, and the level falls", async () => {
  const { results, method, stderr } = await measured("two-level-families", table);
  expect(stderr).toBe("");
  expect(method).toContain("q 0.05");
  const calledOf = (part: string) =>
    results
      .filter((one) => one.part === part && one.called === "yes")
      .map(({ family, test: name }) => `${family} ${name}`.trim());
  expect(calledOf("family")).toEqual(["referral", "visits"]);
  expect(calledOf("test")).toEqual(["referral sex", "visits sex", "visits age"]);
  const age = results.find((one) => one.family === "referral" && one.test === "age");
  expect(age).toMatchObject({ called: "no", value: expect.closeTo(0.03, 12) });
  expect(results.at(-1)).toMatchObject({ part: "level", value: expect.closeTo(0.025, 12) });
});

test("with nothing chosen there is no level", async () => {
  const { results } = await measured("two-level-families", "family,test,p\na,x,0.4\nb,y,0.7");
  expect(results.map(({ part, called }) => [part, called])).toEqual([
    ["family", "no"],
    ["test", "no"],
    ["family", "no"],
    ["test", "no"],
  ]);
});

test.each([
  ["family,test,p\na,x,0.4\n,y,0.7", [], 1, 'Row 3 has no "family"'],
  ["family,test,p\na,x,0.4\nb,y,1.7", [], 1, 'Row 3 has a "p" of 1.7'],
  ["family,test,p\na,x,0.4", ["--q", "2"], 2, "--q must lie between 0 and 1"],
])(
  "a table or a share that cannot be used says what to mend: %s",
  async (text, flags, code, says) => {
    const answer = await measured("two-level-families", text, ...flags);
    expect(answer.code).toBe(code);
    expect(answer.stderr).toContain(says);
  },
);
