import {
  type BetweenAndWithin,
  type Leak,
  type MixAndRest,
  type Part,
  type ReasonsAtStep,
  reasonName,
} from "@taproot/awareness";
import { type Absent, type Estimate, isAbsent } from "@taproot/statistics";
import { type CsvCell, csv } from "../words/csv.ts";

const three = (name: string) => [name, `${name} lower`, `${name} upper`];

function ends({ value, lower, upper }: Estimate): readonly CsvCell[] {
  return [value, lower, upper];
}

function both({ points, people }: Part): readonly CsvCell[] {
  return [...ends(points), ...ends(people)];
}

function share(one: (Estimate & { reached: number; denominator: number }) | Absent) {
  return isAbsent(one)
    ? [one.absent, undefined, undefined, undefined]
    : [one.reached, one.denominator, one.lower, one.upper];
}

const shares = (name: string) => [
  `${name} reached`,
  `${name} of`,
  `${name} share lower`,
  `${name} share upper`,
];

/** The gap from end to end and each step's part, as a file. */
export function leakCsv(leak: Leak | Absent): string {
  const header = [
    "step",
    "group",
    "compared with",
    ...three("points"),
    ...three("people"),
    ...shares("group"),
    "group open",
    ...shares("others"),
    "others open",
  ];
  if (isAbsent(leak)) return csv(header, [[leak.message]]);
  const { words } = leak;
  return csv(header, [
    [`${leak.from} to ${leak.to}`, words.group, words.others, ...both(leak)],
    ...leak.steps.map((step) => [
      step.step,
      words.group,
      words.others,
      ...both(step),
      ...share(step.group.share),
      step.group.open,
      ...share(step.others.share),
      step.others.open,
    ]),
  ]);
}

/** Between services and within them, and each service, as a file. */
export function betweenCsv(found: BetweenAndWithin | Absent): string {
  const header = [
    "part",
    "step",
    "group",
    "compared with",
    ...three("points"),
    ...three("people"),
    ...shares("group sent here:"),
    ...shares("others sent here:"),
    ...shares("group"),
    ...shares("others"),
    "people between",
    "people within",
  ];
  if (isAbsent(found)) return csv(header, [[found.message]]);
  const who = [found.step, found.words.group, found.words.others];
  const none = new Array<CsvCell>(6).fill(undefined);
  return csv(header, [
    ["whole gap", ...who, ...both(found.whole)],
    [`between (${found.by})`, ...who, ...both(found.between)],
    [`within (${found.by})`, ...who, ...both(found.within)],
    ...found.services.map(({ service, group, others, between, within }) => [
      service.name,
      ...who,
      ...none,
      ...share(group.sent),
      ...share(others.sent),
      ...share(group.reach),
      ...share(others.reach),
      between,
      within,
    ]),
  ]);
}

/** What goes with the mix and what remains, as a file. */
export function mixCsv(found: MixAndRest | Absent): string {
  const header = [
    "part",
    "step",
    "group",
    "compared with",
    "held fair",
    ...three("points"),
    ...three("people"),
  ];
  if (isAbsent(found)) return csv(header, [[found.message]]);
  const line = (name: string, part: Part) => [
    name,
    found.step,
    found.words.group,
    found.words.others,
    found.fair.join("; "),
    ...both(part),
  ];
  return csv(header, [
    line("whole gap", found.whole),
    line("goes with the mix", found.mix),
    ...found.characteristics.map((one) => line(`goes with ${one.characteristic}`, one)),
    line("remains between people who are alike", found.rest),
  ]);
}

/** Reasons for which people are lost, as a file. */
export function reasonsCsv(steps: readonly ReasonsAtStep[]): string {
  return csv(
    [
      "step",
      "reason",
      "group",
      "compared with",
      "group lost",
      "group of",
      "group share lower",
      "group share upper",
      "others lost",
      "others of",
      "others share lower",
      "others share upper",
      ...three("points more lost"),
      ...three("people more lost"),
    ],
    steps.flatMap(({ step, loss }): (readonly CsvCell[])[] =>
      isAbsent(loss)
        ? [[step, loss.message]]
        : [
            { name: "all reasons", group: loss.group, others: loss.others, more: loss.more },
            ...loss.reasons.map((one) => ({ ...one, name: reasonName(one) })),
          ].map(({ name, group, others, more }) => [
            step,
            name,
            loss.words.group,
            loss.words.others,
            ...share(group),
            ...share(others),
            ...both(more),
          ]),
    ),
  );
}
