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
  const planted = judged.flatMap((one) => one.planted);
  const none = judged.filter((one) => one.planted.length === 0);
  const found = withGaps(judged, () => true).filter(({ shown }) => shown.length > 0);
  const seeablePairs = planted.filter((one) => one.pair && searching(one));
  return [
    {
      question: "right group and step first, where a search can see a planted gap",
      aim: "at least 80 %",
      tally: count(clear, firstIsRight),
    },
    {
      question: "… all such gaps among the first three",
      aim: "at least 95 %",
      tally: count(clear, amongThree(searching)),
    },
    {
      question: "… first, where somebody told where to look could see one",
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
      question: "crossings that a search can see: found as that crossing",
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

/** The page that is kept. */
export function page(judged: readonly Judgement[], seed: number): string {
  return `# Calibration: findings (seed ${seed})\n\n${table(judged)}\n`;
}
