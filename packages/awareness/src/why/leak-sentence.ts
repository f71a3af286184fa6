import { capitalised, peopleInWords } from "../plain-english.ts";
import type { Leak, LeakAtStep, LeakStart, LeakStep } from "./leak.ts";
import { isSure, likely, moreOrFewer, spoken } from "./part.ts";
import { DO_AT_END, LOST_WHERE, OF_THOSE } from "./step-words.ts";

type Told = Omit<Leak, "sentence">;

const tenths = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const hundredths = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

/**
 * A share as so many of every hundred; with decimals where few get so far.
 *
 * @example
 * ```ts
 * ofHundred(0.564); // => "56.4"
 * ofHundred(0.0025); // => "0.25"
 * ```
 */
export function ofHundred(share: number): string {
  return (share < 0.02 ? hundredths : tenths).format(100 * share);
}

/**
 * The whole gap and its parts: "Of every 100 … referred, 52 complete, against 61 of everyone else. Of the 61 fewer who
 * complete (likely 38 to 84), 38 are lost at acceptance (likely 25 to 52), 15 before being seen (likely 5 to 25) …"
 */
export function leakSentence(leak: Told): string {
  const { words, from, to, group, others, people, steps } = leak;
  const ends = DO_AT_END[to];
  const who = from === "needed" ? `${words.group} who could need the service` : words.group;
  const start =
    from === "needed"
      ? `For every 100 ${who}, ${ofHundred(group.rate)} ${ends}`
      : `Of every 100 ${who} who are referred, ${ofHundred(group.rate)} ${ends}`;
  const first = `${start}, against ${ofHundred(others.rate)} of ${words.others}.`;
  const alike = `than if they fared like ${words.others}`;
  const whole = `That is ${moreOrFewer(people.value)} ${alike} (${likely(people)}).`;
  if (steps.length < 2) return `${first} ${whole}`;
  return `${first} ${whole} ${partsInWords(steps, people.value, from)}`;
}

/** Each step's part: those that make the gap, those that work against it, and those that come to nothing. */
function partsInWords(steps: readonly LeakAtStep[], whole: number, from: LeakStart): string {
  const fewer = whole < 0;
  const nothing = steps.filter(({ people }) => peopleInWords(people.value) === "0");
  const some = steps.filter((step) => !nothing.includes(step));
  const along = some.filter(({ people }) => people.value < 0 === fewer);
  const against = some.filter(({ people }) => people.value < 0 !== fewer);
  const none = nothing.map(({ step, people }) => `${LOST_WHERE[step]} (${likely(people)})`);
  return [
    along.length > 0 ? ` Of these, ${listed(along, fewer, from)}.` : "",
    against.length > 0 ? ` Against that, ${listed(against, !fewer, from)}.` : "",
    none.length > 0 ? ` There is no difference ${spoken(none)}.` : "",
  ]
    .join("")
    .trimStart();
}

/** "38 are lost at acceptance (likely 25 to 52) and 15 before being seen", or "12 because more are accepted". */
function listed(steps: readonly LeakAtStep[], lost: boolean, from: LeakStart): string {
  return spoken(
    steps.map(({ step, people }, i) => {
      const size = peopleInWords(people.value);
      const how = lost
        ? `${i === 0 ? "are lost " : ""}${LOST_WHERE[step]}`
        : `${i === 0 ? "are won " : ""}because more ${ofThose(step, from)}`;
      return `${size} ${how} (${likely(people)})`;
    }),
  );
}

/** A step as a reason; from need on, those accepted are some of those referred. */
function ofThose(step: LeakStep, from: LeakStart): string {
  return step === "accepted" && from === "needed"
    ? "of those referred are accepted"
    : OF_THOSE[step];
}

/**
 * Why, in one sentence: at which step most of the gap arises, how large, and how sure. Where the data do not show a gap, or
 * not at which step, it says so.
 */
export function whyAnswer(leak: Leak): string {
  const { words, to, people, steps } = leak;
  const who = capitalised(words.group);
  const ends = DO_AT_END[to];
  const fewer = people.value < 0;
  const much = fewer ? "fewer" : "more";
  const most = [...steps].sort((a, b) =>
    fewer ? a.people.value - b.people.value : b.people.value - a.people.value,
  )[0]!;
  const why = `${much} ${ofThose(most.step, leak.from)}`;
  if (!isSure(people)) {
    const single = steps.filter((step) => isSure(step.people));
    const none = `These data do not show that ${words.group} ${ends} less or more often than ${words.others}: the difference is ${moreOrFewer(people.value)} (${likely(people)}).`;
    if (single.length === 0) return none;
    const told = single.map(
      (step) =>
        `${moreOrFewer(step.people.value)} because ${step.people.value < 0 ? "fewer" : "more"} ${ofThose(step.step, leak.from)} (${likely(step.people)})`,
    );
    return `${none} Single steps do differ: ${spoken(told)}.`;
  }
  const whole = `the ${peopleInWords(people.value)} ${much} who ${ends} (${likely(people)})`;
  if (steps.length === 1)
    return `${who} ${ends} ${fewer ? "less" : "more"} often than ${words.others}: ${moreOrFewer(people.value)} (${likely(people)}). It is one step, so that all of it arises there.`;
  if (!isSure(most.people))
    return `${who} ${ends} ${fewer ? "less" : "more"} often than ${words.others}, but these data do not show at which step: the largest part of ${whole} is ${peopleInWords(most.people.value)} because ${why}, and that could be chance (${likely(most.people)}).`;
  // More than the whole by what can be told apart from rounding: the other steps win some of it back.
  const beyond =
    Math.abs(most.people.value) >
    Math.max(Math.abs(people.value) + 1, 1.05 * Math.abs(people.value));
  if (beyond)
    return `${who} ${ends} ${fewer ? "less" : "more"} often because ${why}: that alone makes ${moreOrFewer(most.people.value)} (${likely(most.people)}), and the other steps make up for some of it, which leaves ${whole}.`;
  const share = most.people.value / people.value;
  const mostly = share > 0.9 ? "almost entirely" : share > 0.5 ? "mostly" : "in the first place";
  return `${who} ${ends} ${fewer ? "less" : "more"} often ${mostly} because ${why}: that makes ${peopleInWords(most.people.value)} (${likely(most.people)}) of ${whole}.`;
}
