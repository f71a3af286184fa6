import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  daysBetween,
  type MadeUpRow,
  madeUpFile,
  madeUpRows,
} from "../../../awareness/test/made-up-rows.ts";
import { type ListedWorkbench, textOf, workbenchWithList } from "../listed-workbench.ts";

const rows = madeUpRows(3000);
let workbench: ListedWorkbench;

beforeAll(async () => {
  workbench = await workbenchWithList(madeUpFile(rows));
});
afterAll(() => workbench.close());

/** A file's column by its heading, for the row that starts with a name. */
async function cell(path: string, row: string, column: string): Promise<string> {
  const [header, ...lines] = await workbench.file(path);
  const index = header!.indexOf(column);
  expect(index).toBeGreaterThan(0);
  return lines.find(([name]) => name === row)![index]!;
}

const lastDay = () =>
  rows
    .flatMap((row) => Object.values(row))
    .filter((text) => /^\d{4}-/.test(text))
    .sort()
    .at(-1)!;

/** Days waited from referral to first contact by those who were neither seen nor left. */
const stillWaiting = (of: readonly MadeUpRow[]) =>
  of
    .filter(({ seen, declined, removed }) => !seen && !declined && !removed)
    .map(({ referred }) => daysBetween(referred, lastDay()));

describe("the page about waits", () => {
  test("answers first, in weeks, with how sure", async () => {
    const page = await workbench.page("/waits?by=sex");
    expect(page.querySelectorAll("h1")).toHaveLength(1);
    expect(textOf(page.querySelector(".answer__sentence"))).toMatch(
      /^Women and girls wait \d+\.\d weeks longer than everyone else \(likely between \d+\.\d and \d+\.\d\), counting each wait up to \d+ weeks\.$/,
    );
    for (const id of ["means", "curves", "over-limit", "by-referral"])
      expect([id, page.querySelector(`#${id} figcaption`) !== null]).toEqual([id, true]);
  });

  test("counts who is over the limit as the days themselves do", async () => {
    const women = stillWaiting(rows.filter(({ sex }) => sex === "Female"));
    const over = women.filter((days) => days > 126).length;
    const soon = women.filter((days) => days <= 126 && days + 28 > 126).length;
    const path = "/waits/over-limit.csv?by=sex";
    expect(await cell(path, "Female", "still waiting")).toBe(String(women.length));
    expect(await cell(path, "Female", "over 18 weeks")).toBe(String(over));
    expect(await cell(path, "Female", "will be over within 4 weeks")).toBe(String(soon));
    const everyone = stillWaiting(rows);
    const page = await workbench.page("/waits?by=sex");
    expect(textOf(page.querySelector("#over-limit figcaption"))).toContain(
      `${everyone.filter((days) => days > 126).length} of ${everyone.length} people still waiting`,
    );
    const row = [...page.querySelectorAll("#over-limit-table tbody tr")].find((one) =>
      textOf(one).startsWith("Female"),
    )!;
    expect(textOf(row)).toContain(`${women.length} ${over} `.trim().replace(" ", ""));
  });

  test("by month of referral: the share of a month that was seen within 18 weeks, counted by hand", async () => {
    const month = rows.filter(({ referred }) => referred.startsWith("2025-02"));
    const within = month.filter((row) => row.seen && daysBetween(row.referred, row.seen) <= 126);
    const path = "/waits/referrals.csv";
    expect(await cell(path, "February 2025", "people")).toBe(String(month.length));
    // Everyone referred in February could be followed for 18 weeks: the chance is a plain share.
    expect(Number(await cell(path, "February 2025", "seen within 18 weeks"))).toBeCloseTo(
      within.length / month.length,
      10,
    );
    expect(await cell(path, "December 2025", "seen within 18 weeks")).toBe("notReached");
    const page = await workbench.page("/waits");
    expect(textOf(page.querySelector("#by-referral"))).toMatch(
      /For the last \d+ months it is too early to say/,
    );
    expect(textOf(page.querySelector("#by-referral-table"))).toContain("too early to say");
  });

  test("one group’s referrals by themselves, so that a service may see whether its gap is closing", async () => {
    const month = rows.filter(
      ({ referred, sex }) => referred.startsWith("2025-02") && sex === "Female",
    );
    const query = "by=sex&group=Female";
    expect(await cell(`/waits/referrals.csv?${query}`, "February 2025", "people")).toBe(
      String(month.length),
    );
    const page = await workbench.page(`/waits?${query}`);
    expect(textOf(page.querySelector("#by-referral figcaption"))).toMatch(
      /^Among women and girls: within 18 weeks/,
    );
    // A group that is not there is everyone.
    expect(await cell("/waits/referrals.csv?by=sex&group=Nobody", "February 2025", "of")).toBe(
      "Everyone",
    );
  });

  test("by week, when that is asked", async () => {
    const [, first] = await workbench.file("/waits/referrals.csv?each=week");
    expect(first![0]).toBe("30 December 2024");
  });
});

describe("clocks", () => {
  test("the law’s clock for adaptations says that weeks are counted whole", async () => {
    const page = await workbench.page("/waits?clock=adaptations&by=sex");
    expect(textOf(page.querySelector(".answer"))).toContain(
      "Weeks are counted whole here: 26 weeks",
    );
    const decided = rows.filter(({ accepted, declined, seen }) => accepted || declined || seen);
    expect(await cell("/waits.csv?clock=adaptations&by=sex", "Everyone", "decided")).toBe(
      String(decided.length),
    );
  });

  test("a clock of one’s own is counted from the records and stays in every address", async () => {
    const query = "by=sex&clock=own&clockFrom=accepted&clockTo=seen&clockLimit=6";
    const page = await workbench.page(`/waits?${query}`);
    expect(textOf(page.querySelector(".answer__heading"))).toBe(
      "Waits from acceptance to first contact, within 6 weeks (at most 42 days)",
    );
    const accepted = rows.filter(({ accepted }) => accepted);
    expect(await cell(`/waits.csv?${query}`, "Everyone", "people")).toBe(String(accepted.length));
    const waiting = accepted
      .filter(({ seen, removed }) => !seen && !removed)
      .map((row) => daysBetween(row.accepted, lastDay()));
    expect(await cell(`/waits/over-limit.csv?${query}`, "Everyone", "over 6 weeks")).toBe(
      String(waiting.filter((days) => days > 42).length),
    );
    const links = [...page.querySelectorAll(".figure__csv a")].map(
      (link) => link.getAttribute("href")!,
    );
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(link).toContain("clockFrom=accepted");
    expect(textOf(page.querySelector("main"))).toContain("referrals are not in these waits");
    const chosen = page.querySelector('select[name="clock"] option[selected]')!;
    expect(chosen.getAttribute("value")).toBe("own");
  });

  test.each([
    ["clock=own&clockFrom=seen&clockTo=decided&clockLimit=4", "start that comes before its end"],
    ["clock=own&clockFrom=referred&clockTo=seen&clockLimit=0", "1 to 520 whole weeks"],
    ["clock=nonsense", "start that comes before its end"],
  ])("%s is explained, and the national clock shown", async (query, words) => {
    const page = await workbench.page(`/waits?${query}`);
    expect(textOf(page.querySelector(".nhsuk-inset-text"))).toContain(words);
    expect(textOf(page.querySelector(".answer__heading"))).toContain("within 18 weeks");
  });

  test("a horizon that a person chose is used", async () => {
    expect(await cell("/waits/means.csv?by=sex&upTo=12", "Female", "counted up to (weeks)")).toBe(
      "12",
    );
  });
});

describe("data that cannot support a part of the page", () => {
  test("no dates of first contact: said plainly, with what to do", async () => {
    const list = await workbenchWithList(
      `Referral ID,Sex,Date referred,Date accepted\n${rows
        .slice(0, 60)
        .map((row) => `${row.id},${row.sex},${row.referred},${row.accepted}`)
        .join("\n")}\n`,
    );
    const page = await list.page("/waits?by=sex");
    expect(textOf(page.querySelector("main"))).toContain(
      "These data do not say how long anybody waited.",
    );
    expect(textOf(page.querySelector("main"))).not.toMatch(/\b0 of 0\b/);
    const decided = await list.page("/waits?by=sex&clock=decision");
    expect(textOf(decided.querySelector(".answer__heading"))).toContain(
      "to a decision, within 2 weeks",
    );
    await list.close();
  });

  test("a clock whose dates are not there says so", async () => {
    const list = await workbenchWithList(
      `Referral ID,Sex,Date referred,Date first contact\n${rows
        .slice(0, 200)
        .map((row) => `${row.id},${row.sex},${row.referred},${row.seen}`)
        .join("\n")}\n`,
    );
    const page = await list.page("/waits?clock=adaptations");
    expect(textOf(page.querySelector(".nhsuk-inset-text"))).toContain(
      "These data do not hold the dates of the clock",
    );
    // Without dates of leaving, "not yet" cannot be told from "never": that is said.
    expect(textOf(page.querySelector("main"))).toContain(
      "Some who are counted as still waiting may have left",
    );
    await list.close();
  });

  test("a table of counts of people waiting: the latest date, in the order of time", async () => {
    const header = "Board,Month,0-18 weeks,18-52 weeks,52+ weeks";
    const lines = ["March 2025,60,30,10", "April 2025,50,40,20"].flatMap((line) =>
      ["North", "South", "West", "East"].map((board) => `${board},${line}`),
    );
    const list = await workbenchWithList(`${[header, ...lines].join("\n")}\n`);
    const page = await list.page("/waits");
    const caption = textOf(page.querySelector("#bands figcaption"));
    expect(caption).toContain("April 2025");
    expect(caption).toContain("240 of the 440 people still waiting");
    // 50 people of 0 to 18 weeks, 40 of 18 to 52 and 20 of 52 or more.
    expect(textOf(page.querySelector("#bands-table"))).toContain("16.0 to 36.5 weeks");
    await list.close();
  });
});
