import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  chanceOfBeingSeenBy,
  differenceInChanceOfBeingSeen,
  differenceInRestrictedMeanWaitFromWeeks,
  isAbsent,
  restrictedMeanWaitFromWeeks,
} from "../packages/statistics/src/index.ts";
import { uniforms } from "./seeded-numbers.ts";
import { type CutShort, cutShortAtAnyMoment, cutShortByDays } from "./waits-cut-short.ts";

// How often do 95 % intervals hold the truth? Simulated lists: waits that are exponential or a mixture of two, people
// removed at random, and a snapshot that cuts waits short somewhere between 12 and 52 weeks after referral. The truth is
// the curve by whole weeks. What that snapshot does to counts by week is in waits-cut-short.ts. Run directly, it prints the table and writes it to docs/calibration-waits.md.

interface Row {
  readonly name: string;
  readonly size: number;
  readonly value: number;
  readonly unit: string;
  readonly note: string;
}

const seed = 20_260_101;
const sets = 10_000;
const cutShortSets = 5000;
const longest = 60;

interface Waiting {
  readonly name: string;
  /** One or two kinds of people: their share and the weekly rate at which each is seen. */
  readonly kinds: readonly (readonly [share: number, rate: number])[];
  readonly removal: number;
}

const lists: readonly Waiting[] = [
  { name: "mean 5 weeks", kinds: [[1, 1 / 5]], removal: 0.02 },
  { name: "mean 10 weeks", kinds: [[1, 1 / 10]], removal: 0 },
  { name: "mean 10 weeks, removals", kinds: [[1, 1 / 10]], removal: 0.02 },
  { name: "mean 20 weeks", kinds: [[1, 1 / 20]], removal: 0 },
  { name: "mean 20 weeks, removals", kinds: [[1, 1 / 20]], removal: 0.02 },
  { name: "mean 50 weeks, removals", kinds: [[1, 1 / 50]], removal: 0.02 },
  {
    name: "a fast and a slow half",
    kinds: [
      [0.5, 1 / 4],
      [0.5, 1 / 40],
    ],
    removal: 0.01,
  },
];

function simulate(people: number, list: Waiting, random: () => number) {
  const seen = new Float64Array(longest);
  const removed = new Float64Array(longest);
  const stillWaiting = new Float64Array(longest);
  for (let i = 0; i < people; i++) {
    const kind = random() < list.kinds[0]![0] ? list.kinds[0]! : list.kinds[list.kinds.length - 1]!;
    const first = -Math.log(1 - random()) / kind[1];
    const gone = list.removal > 0 ? -Math.log(1 - random()) / list.removal : longest;
    const cut = 12 + 40 * random();
    const time = Math.min(first, gone, cut);
    const counts = time === first ? seen : time === gone ? removed : stillWaiting;
    counts[Math.floor(time)]!++;
  }
  return { seen, removed, stillWaiting, censoring: "throughoutWeek" } as const;
}

const chance = (list: Waiting, week: number) =>
  list.kinds.reduce((sum, [share, rate]) => {
    const all = rate + list.removal;
    return sum + ((share * rate) / all) * (1 - Math.exp(-all * week));
  }, 0);
const meanWait = (list: Waiting, horizon: number) =>
  Array.from({ length: horizon }, (_, week) => 1 - chance(list, week)).reduce((a, b) => a + b, 0);

/** Coverage of the intervals of the mean wait and the chance of being seen, and of their differences. */
export async function bench(): Promise<Row[]> {
  const rows: Row[] = [];
  const slow = lists[4]!;
  for (const size of [30, 100])
    for (const list of lists)
      for (const horizon of [12, 18]) {
        const random = uniforms(seed + size + horizon);
        const held = { mean: 0, meanGap: 0, chance: 0, chanceGap: 0 };
        const answered = { mean: 0, meanGap: 0, chance: 0, chanceGap: 0 };
        const note = (key: keyof typeof held, found: unknown, truth: number) => {
          if (isAbsent(found)) return;
          const { lower, upper } = found as { lower: number; upper: number };
          answered[key]++;
          if (lower <= truth && truth <= upper) held[key]++;
        };
        for (let set = 0; set < sets; set++) {
          const one = simulate(size, list, random);
          const other = simulate(size, slow, random);
          note("mean", restrictedMeanWaitFromWeeks(one, horizon), meanWait(list, horizon));
          note(
            "meanGap",
            differenceInRestrictedMeanWaitFromWeeks(one, other, horizon),
            meanWait(list, horizon) - meanWait(slow, horizon),
          );
          note("chance", chanceOfBeingSeenBy(one, horizon), chance(list, horizon));
          note(
            "chanceGap",
            differenceInChanceOfBeingSeen(one, other, horizon),
            chance(list, horizon) - chance(slow, horizon),
          );
        }
        const name = `${list.name}; to ${horizon} weeks`;
        const labels = {
          mean: "mean wait",
          meanGap: "difference in mean wait",
          chance: "chance of being seen",
          chanceGap: "difference in chance",
        };
        for (const key of ["mean", "meanGap", "chance", "chanceGap"] as const)
          rows.push({
            name: `${labels[key]}: ${name}`,
            size,
            value: Math.round((1000 * held[key]) / answered[key]) / 10,
            unit: "%",
            note: `answered in ${((100 * answered[key]) / sets).toFixed(1)} % of ${sets} sets`,
          });
      }
  return rows;
}

const signed = (value: number, digits: number) => {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
};

/** Both conventions side by side; `of` names a row in two cells, neither of them a number alone. */
function cutShortTable(rows: readonly CutShort[], of: (row: CutShort) => [string, string]): string {
  const lines = [
    "| waits | data | chance: bias in points, whole week | half week | coverage, whole week | half week | mean wait: bias in weeks, whole week | half week | coverage, whole week | half week |",
    "|---|---|---|---|---|---|---|---|---|---|",
  ];
  for (const row of rows) {
    const { endOfWeek: end, throughoutWeek: half } = row.judged;
    const cells = [
      ...of(row),
      `${signed(end.bias, 2)} points`,
      signed(half.bias, 2),
      end.coverage.toFixed(1),
      half.coverage.toFixed(1),
      signed(end.meanBias, 2),
      signed(half.meanBias, 2),
      end.meanCoverage.toFixed(1),
      half.meanCoverage.toFixed(1),
    ];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return lines.join("\n");
}

function table(rows: readonly Row[]): string {
  const settings = [...new Set(rows.map(({ name }) => name.split(": ")[1]))];
  const cell = (label: string, setting: string | undefined, size: number) =>
    rows.find((row) => row.name === `${label}: ${setting}` && row.size === size)?.value.toFixed(1);
  const lines = [
    "| people a group | waits | mean wait | difference in mean wait | chance of being seen | difference in chance |",
    "|---|---|---|---|---|---|",
  ];
  for (const size of [30, 100])
    for (const setting of settings) {
      const cells = [
        "mean wait",
        "difference in mean wait",
        "chance of being seen",
        "difference in chance",
      ].map((label) => cell(label, setting, size));
      lines.push(`| ${size} | ${setting} | ${cells.join(" | ")} |`);
    }
  return lines.join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = table(await bench());
  const atAnyMoment = cutShortTable(cutShortAtAnyMoment(cutShortSets), (row) => [
    row.list,
    `${row.windowWeeks} weeks, seen by ${row.horizon}`,
  ]);
  const byDays = cutShortTable(cutShortByDays(cutShortSets), (row) => [row.list, row.calendar]);
  console.log([found, atAnyMoment, byDays].join("\n\n"));
  const page = `# Calibration: waits

How often 95 % intervals hold the truth, in per cent, over ${sets} simulated lists a setting (seed ${seed}; the standard
error of a coverage is about 0.22). Each list is cut short by a snapshot 12 to 52 weeks after referral, anywhere in a week;
people still waiting count half in their last week (\`throughoutWeek\`). Differences are against a list with a mean of 20
weeks and removals. Written by \`bench/calibration-waits.ts\`.

${found}

Sets in which too few people were followed to the horizon give no interval and are not counted. The plain interval of
the mean wait (mean ± 1.96 standard errors) covers 91 to 94 % with 30 people a group; the one in use corrects for
skewness, and looks further down where only a handful are seen (about 5 of 30 with a mean of 50 weeks, to 12). With 3 of 30
(mean 100 weeks, no removals) it is too cautious: 97.7 % over 20,000 lists. The chance's coverage moves in steps with 30 people, as any interval for a count does.

## The last week of those still waiting

500 people referred evenly over the weeks before the data were taken, two in a hundred removed each week; ${cutShortSets} lists a row
(a coverage's standard error is about 0.3). *Whole week* has everyone still waiting at risk all through their last week
(\`endOfWeek\`), *half week* for half of it (\`throughoutWeek\`), on the same lists. Bias is beside the same people followed to the
end; coverage is of the true curve.

${atAnyMoment}

Where the bias was more than a point, half a week takes over nine tenths of it away. The day and the hour at which the data
are taken decide how much of the last week was really watched, so that some is left either way. The same by days, referrals
of 13 weeks, seen by 12:

${byDays}
`;
  writeFileSync(join(import.meta.dirname, "../docs/calibration-waits.md"), page);
}
