import { compareGroups, type StepOfTwo, type TwoGroups } from "@taproot/awareness";
import type { Characteristic, Cut } from "@taproot/model";
import { type Absent, absent, isAbsent } from "@taproot/statistics";
import type { Hono } from "hono";
import { ComparePage } from "../pages/compare-page.tsx";
import type { View } from "../words/choices.ts";
import { csv } from "../words/csv.ts";
import { cutFrom } from "../words/group-choice.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import type { LoadedData } from "./loaded-data.ts";
import { showData } from "./show-data.ts";
import { estimateCells } from "./tables.ts";
import { weeksCompared } from "./weeks-compared.ts";

/** Any two groups beside each other. */
export function addComparingPages(app: Hono<Env>): void {
  showData(app, "/compare", (c, data, view) => {
    const cuts = cutsOf(c, data);
    return page(
      c,
      <ComparePage
        frame={frameOf(c)}
        compared={compare(data, cuts, view)}
        cuts={cuts}
        characteristics={data.about.characteristics}
        view={view}
      />,
    );
  });
  showData(app, "/compare.csv", (c, data, view) => {
    const compared = compare(data, cutsOf(c, data), view);
    return csvFile(c, "two-groups.csv", twoGroupsCsv(isAbsent(compared) ? [] : compared.steps));
  });
}

function compare(
  data: LoadedData,
  [first, second]: readonly [Cut, Cut],
  { selection }: View,
): TwoGroups | Absent {
  if (Object.keys(first).length === 0 || Object.keys(second).length === 0)
    return absent("notIdentified", "Choose a group on each side to compare them.");
  const same = JSON.stringify(first) === JSON.stringify(second);
  if (same) return absent("notIdentified", "Both sides are the same group. Choose another one.");
  return data.answer(["compare", first, second, selection], () => {
    const part = data.over([...Object.keys(first), ...Object.keys(second)], selection);
    return compareGroups(part.cube, {
      first,
      second,
      selection: part.selection,
      ...weeksCompared(data),
    });
  });
}

function cutsOf(c: Request, data: LoadedData): readonly [Cut, Cut] {
  const query = new URL(c.req.url).searchParams;
  const { characteristics } = data.about;
  const [a, b] = ["a", "b"].map((name) => cutFrom(query.getAll(name), characteristics)) as [
    Cut,
    Cut,
  ];
  if (query.has("a") || query.has("b")) return [a, b];
  return endsOfFirst(characteristics);
}

/** Before anything is chosen: the first and last group of the first characteristic of people that has two. */
function endsOfFirst(characteristics: readonly Characteristic[]): readonly [Cut, Cut] {
  const known = ({ groups }: Characteristic) => groups.filter((group) => !group.unknown);
  const one = characteristics.find(
    (candidate) => candidate.about === "person" && known(candidate).length > 1,
  );
  if (!one) return [{}, {}];
  const groups = known(one);
  return [{ [one.name]: groups[0]!.name }, { [one.name]: groups.at(-1)!.name }];
}

function twoGroupsCsv(steps: readonly StepOfTwo[]): string {
  const shareCells = (share: StepOfTwo["first"]) => [
    ...(isAbsent(share) ? [undefined, undefined] : [share.reached, share.denominator]),
    ...estimateCells(share),
  ];
  return csv(
    [
      "step",
      "measure",
      "weeks",
      ...["first", "second"].flatMap((which) => [
        `${which} reached`,
        `${which} of`,
        `${which} share`,
        `${which} lower`,
        `${which} upper`,
      ]),
      "points",
      "points lower",
      "points upper",
      "people",
      "people lower",
      "people upper",
      "first open",
      "second open",
    ],
    steps.map((step) => [
      step.step,
      step.measure,
      step.horizonWeeks,
      ...shareCells(step.first),
      ...shareCells(step.second),
      ...estimateCells(step.points),
      ...estimateCells(step.people),
      ...step.open,
    ]),
  );
}
