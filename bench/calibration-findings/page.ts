import { isAbsent, proportion } from "@taproot/statistics";
import type { Judgement, PlantedOutcome, Tally } from "./judge.ts";

interface Line {
  readonly question: string;
  readonly aim: string;
  readonly tally: Tally;
}

const count = <T>(list: readonly T[], so: (one: T) => boolean): Tally => ({
  yes: list.filter(so).length,
  of: list.length,
});

const add = (tallies: readonly Tally[]): Tally => ({
  yes: tallies.reduce((sum, { yes }) => sum + yes, 0),
  of: tallies.reduce((sum, { of }) => sum + of, 0),
});

/** Services in which every planted gap is of the given kind. */
function withGaps(judged: readonly Judgement[], which: (gap: PlantedOutcome) => boolean) {
  return judged.filter(({ planted }) => planted.length > 0 && planted.some(which));
}

/** The first finding is a planted one: the right group, or crossing, at the right step. */
const firstIsRight = ({ planted }: Judgement) => planted.some(({ place }) => place === 1);

const amongThree = (which: (gap: PlantedOutcome) => boolean) => (one: Judgement) =>
  one.planted.filter(which).every(({ place }) => place >= 1 && place <= 3);

/** The answers to what was asked of the findings, one a line. */
export function lines(judged: readonly Judgement[]): Line[] {
  const searching = ({ seeable }: PlantedOutcome) => seeable === "searching";
  const told = ({ seeable }: PlantedOutcome) => seeable !== "neither";
  const clear = withGaps(judged, searching);
  const surely = ({ sure }: PlantedOutcome) => sure;
  const sure = withGaps(judged, surely);
  const planted = judged.flatMap((one) => one.planted);
  const none = judged.filter((one) => one.planted.length === 0);
  const found = withGaps(judged, () => true).filter(({ shown }) => shown.length > 0);
  const seeablePairs = planted.filter((one) => one.pair && searching(one));
  return [
    {
      question: "right group and step first, where a search sees a planted gap 4 times in 5",
      aim: "at least 80 %",
      tally: count(clear, firstIsRight),
    },
    {
      question: "… where it sees one 19 times in 20",
      aim: "",
      tally: count(sure, firstIsRight),
    },
    {
      question: "all gaps that a search sees 4 times in 5 among the first three",
      aim: "at least 95 %",
      tally: count(clear, amongThree(searching)),
    },
    {
      question: "… all that it sees 19 times in 20",
      aim: "",
      tally: count(sure, amongThree(surely)),
    },
    {
      question: "right group and step first, where somebody told where to look could see one",
      aim: "",
      tally: count(withGaps(judged, told), firstIsRight),
    },
    {
      question: "… first, in all services with a gap, however small",
      aim: "",
      tally: count(
        withGaps(judged, () => true),
        firstIsRight,
      ),
    },
    {
      question: "… first, in services with a gap where anything is shown",
      aim: "",
      tally: count(found, firstIsRight),
    },
    {
      question: "crossings that a search sees 4 times in 5: found as that crossing",
      aim: "",
      tally: count(seeablePairs, ({ place }) => place > 0),
    },
    {
      question: "… or as one of its two groups",
      aim: "",
      tally: count(seeablePairs, ({ place, inPart }) => place > 0 || inPart),
    },
    {
      question: "95 % intervals hold the planted size: planted gaps",
      aim: "93 to 97 %",
      tally: count(
        planted.filter(({ covered }) => covered !== undefined),
        ({ covered }) => covered === true,
      ),
    },
    {
      question: "… every group at every step",
      aim: "93 to 97 %",
      tally: add(judged.map(({ coverage }) => coverage)),
    },
    {
      question: "… findings alone, chosen because they stand out",
      aim: "",
      tally: add(judged.map(({ shownCoverage }) => shownCoverage)),
    },
    {
      question: "services without a gap that show a finding",
      aim: "at most 5 %",
      tally: count(none, ({ shown }) => shown.length > 0),
    },
    {
      question: "findings at a step where nothing is planted",
      aim: "",
      tally: {
        yes: add(judged.map(({ astray }) => ({ yes: astray.length, of: 0 }))).yes,
        of: judged.reduce((sum, { shown }) => sum + shown.length, 0),
      },
    },
    {
      question: "the unknowns' bounds hold the truth",
      aim: "always",
      tally: add(judged.map(({ bounds }) => bounds)),
    },
    {
      question: "signs said to be known that are right",
      aim: "always",
      tally: add(judged.map(({ signs }) => signs)),
    },
  ];
}

/** The answers as a Markdown table. */
export function table(judged: readonly Judgement[]): string {
  const rows = lines(judged).map(({ question, aim, tally: { yes, of } }) => {
    const share = of === 0 ? "–" : `${((100 * yes) / of).toFixed(1)} %`;
    return `| ${question} | ${aim} | ${share} | ${yes.toLocaleString("en-GB")} of ${of.toLocaleString("en-GB")} |`;
  });
  return ["| | aim | result | |", "|---|---|---|---|", ...rows].join("\n");
}

const SIZES = [1000, 5000, 15_000, 50_001] as const;

/** How many planted gaps are found at all, by the size of the service: what a file of that size can show. */
export function bySize(judged: readonly Judgement[]): string {
  const rows = SIZES.slice(1).map((to, i) => {
    const from = SIZES[i]!;
    const planted = judged
      .filter(({ plan }) => plan.referrals >= from && plan.referrals < to)
      .flatMap((one) => one.planted);
    const of = (which: (gap: PlantedOutcome) => boolean) => {
      const { yes, of: all } = count(planted.filter(which), ({ place }) => place > 0);
      return `${yes} of ${all}`;
    };
    return `| ${from.toLocaleString("en-GB")} to ${(to - 1).toLocaleString("en-GB")} | ${of(({ seeable }) => seeable === "searching")} | ${of(({ seeable }) => seeable === "told where")} | ${of(({ seeable }) => seeable === "neither")} |`;
  });
  return [
    "| referrals | a search can see it | only somebody told where | neither |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** The gaps that a search would see four times in five and that are not among the first three. */
function missed(judged: readonly Judgement[]): string {
  const seeable = ({ seeable }: PlantedOutcome) => seeable === "searching";
  const { yes, of } = count(withGaps(judged, seeable), amongThree(seeable));
  const short = of > 0 && yes / of < 0.95 ? ", short of the aim of 95 %" : "";
  const rows = judged.flatMap(({ plan, planted, shown }) =>
    planted
      .filter((gap) => seeable(gap) && !(gap.place >= 1 && gap.place <= 3))
      .map(({ key, sure, inPart }) => {
        const told = shown.length === 0 ? "nothing" : shown.slice(0, 3).join("; ");
        return `| ${plan.number} | ${key} | ${sure ? "19 times in 20" : "4 times in 5"} | ${told} | ${inPart ? "yes" : "no"} |`;
      }),
  );
  const share = proportion(yes, of);
  if (isAbsent(share)) return "In no service could a search see a gap four times in five.";
  const { lower, upper } = share;
  const head = `All gaps that a search sees four times in five are among the first three in ${yes} of ${of} services${short}. So few
services tell the share itself to between ${(100 * lower).toFixed(0)} and ${(100 * upper).toFixed(0)} %; what three more seeds give is in
[decision 5](decisions/0005-which-gaps-are-findings.md).`;
  if (rows.length === 0) return head;
  return `${head}

Those that are not, and what is told instead:

| service | planted | a search sees it | told | one of its groups is told at its step |
|---|---|---|---|---|
${rows.join("\n")}`;
}

/** Findings at steps where nothing is planted: what a loss brings with it, and false alarms. */
function elsewhere(judged: readonly Judgement[]): string {
  const astray = judged.flatMap((one) => one.astray.map((key) => ({ key, one })));
  const brought = astray.filter(
    ({ key, one }) =>
      key.startsWith("wait: ") && one.planted.some(({ gap }) => gap.step === "seen"),
  ).length;
  const shares = judged.map(({ astray: own, shown }) =>
    shown.length === 0 ? 0 : own.length / shown.length,
  );
  const mean = (100 * shares.reduce((sum, share) => sum + share, 0)) / judged.length;
  return `Of the ${astray.length} findings at other steps, ${brought} are waits where a loss before being seen is planted and ${astray.length - brought} are false alarms.
The share of all ${astray.length} among the findings, averaged over services as the allowance of 5 % is meant, is ${mean.toFixed(1)} %;
where anything at all is shown it is higher, because most services with small gaps rightly show nothing.`;
}

/** The page that is kept. */
export function page(judged: readonly Judgement[], seed: number): string {
  return `# Calibration: findings

Is what Taproot finds true? ${judged.length} made-up services (seed ${seed}) are written as files, opened as a person would
open them, and what is found is held against what was planted. Written by
\`bench/calibration-findings.ts\`; \`node --conditions=taproot-source --import tsx bench/calibration-findings.ts --save\`
gives the same table again.

${table(judged)}

## What is planted

Services have 1,000 to 50,000 referrals. Of ten, three have no gap, four have one, two have one in a crossing of two
characteristics only (in at least 10,000 referrals), and one has two. Each gap is at a random step (acceptance, being
seen, completing, improving, or the wait), in a random group, 4 to 16 points deep. Ethnicity, deprivation, disability,
language, carers, inclusion health and digital access are not recorded for 5 to 30 % of people, and not at random: the
groups that are worse off on average go unrecorded up to twice as often.

## What can be seen

A gap of 5 points in a group of 40 people cannot be found by anyone. So each planted gap is sorted by its true size and
the standard error of its own comparison:

- *a search can see it* four times in five: it is at least as large as the 80 % quantile above what the allowance for so
  many comparisons leaves. At that very size it is missed one time in five by chance alone, however well one searches, so
  the table also tells of those that are seen 19 times in 20;
- *only somebody told where* to look would see it four times in five, with one test at 5 %;
- *neither*.

Planted gaps that are found at all, by size of the service:

${bySize(judged)}

## How the rest is counted

- The planted size is the difference of the planted chances between the people recorded in the group and everyone else
  recorded outside it, so that overlaps with other gaps are in it. For waits it is the chance of being seen within 18
  weeks among people referred at least 18 weeks before the snapshot.
- The bounds of the unknowns are held, in every third service, against the same service with nothing unrecorded: the gap that these very people
  would have shown. Areas that are in no table (about one in 200) stay unknown in both.
- A planted crossing that holds exactly the people of one of its groups, as where every area of the most deprived fifth is
  urban, counts as found when that group is told: both names are of the same people.
- A sign that is said to be known must be that of the same complete service and that of the planted chances.
- A finding at a step where nothing is planted is a false alarm, or the wait or the loss that a gap brings with it: who
  leaves more often before being seen is also seen less often within 18 weeks.

## What it misses

${missed(judged)}

A crossing that is most of a group is told as the group where the rest of the group, by luck, fares badly too, or where the
crossing itself shows less than was planted.

${elsewhere(judged)}

Signs that are said to be known are few, because with so much unrecorded the worst case nearly always crosses zero.
`;
}
