import {
  type BetweenAndWithin,
  betweenServices,
  countsBy,
  type Leak,
  leakByStep,
  lossReasons,
  type MixAndRest,
  mixAndRest,
  REASON_CHARACTERISTICS,
  type ReasonsAtStep,
} from "@taproot/awareness";
import type { Cube, Selection } from "@taproot/engine";
import { type Absent, absent, isAbsent } from "@taproot/statistics";
import type { LoadedData } from "./loaded-data.ts";
import { crossable, type WhyChoices, type WhyStep } from "./why-choices.ts";

/** Everything that the page of reasons tells. */
export interface WhyReport {
  readonly leak: Leak | Absent;
  /** The step that is looked into. */
  readonly step?: WhyStep;
  readonly between: BetweenAndWithin | Absent;
  readonly mix: MixAndRest | Absent;
  /** Undefined where the data are a table of counts, which have no reasons. */
  readonly reasons?: readonly ReasonsAtStep[];
  /** Which kinds of reason the file has a column for. */
  readonly reasonsHeld: readonly string[];
}

/** Works out why one group gets less far than another. */
export async function whyReport(
  data: LoadedData,
  selection: Selection,
  choices: WhyChoices,
): Promise<WhyReport> {
  const { cut, against, from, to, split, fair } = choices;
  const people = { cut, ...(against ? { against } : {}) };
  const names = [...new Set([...Object.keys(cut), ...(split ? [split] : []), ...fair])];
  const reasonsHeld = REASON_CHARACTERISTICS.filter((name) => crossable(data).includes(name));
  const [cube, withReasons] = await Promise.all([
    cubeBy(data, names, selection),
    data.dataset.manifest.description
      ? cubeBy(data, [...Object.keys(cut), ...reasonsHeld], selection)
      : undefined,
  ]);
  const leak = leakByStep(cube, people, { from, ...(to ? { to } : {}) });
  const step = choices.step ?? largestStep(leak);
  const notAny = absent("notRecorded", "No step can be looked into.");
  const noSplit = absent(
    "notRecorded",
    "These data do not say to which service, team or setting people were sent, or by whom they were referred.",
  );
  return {
    leak,
    ...(step ? { step } : {}),
    between: !step ? notAny : !split ? noSplit : betweenServices(cube, people, { step, by: split }),
    mix: step ? mixAndRest(cube, people, { step, fair }) : notAny,
    ...(withReasons ? { reasons: lossReasons(withReasons, people) } : {}),
    reasonsHeld,
  };
}

/** The step that makes most of the gap, in its direction. */
function largestStep(leak: Leak | Absent): WhyStep | undefined {
  if (isAbsent(leak)) return undefined;
  const fewer = leak.people.value < 0;
  const size = ({ people }: Leak["steps"][number]) => (fewer ? -people.value : people.value);
  const [largest] = leak.steps
    .filter(({ step }) => step !== "referred")
    .sort((a, b) => size(b) - size(a));
  return largest && largest.step !== "referred" ? largest.step : undefined;
}

/** How many narrowed cubes are kept for each open dataset. */
const KEPT = 12;
const kept = new WeakMap<LoadedData, Map<string, Promise<Cube>>>();

/** The counts by a few characteristics, from what is stored or, where that lacks one, counted anew. */
function cubeBy(data: LoadedData, names: readonly string[], selection: Selection): Promise<Cube> {
  const cubes = kept.get(data) ?? new Map<string, Promise<Cube>>();
  kept.set(data, cubes);
  const key = JSON.stringify([names, selection]);
  const known = cubes.get(key);
  if (known) return known;
  const made = makeCube(data, names, selection);
  cubes.set(key, made);
  made.catch(() => cubes.delete(key));
  const [oldest] = cubes.keys();
  if (cubes.size > KEPT && oldest !== undefined) cubes.delete(oldest);
  return made;
}

async function makeCube(
  data: LoadedData,
  names: readonly string[],
  selection: Selection,
): Promise<Cube> {
  const stored = new Set(data.about.characteristics.map(({ name }) => name));
  if (names.every((name) => stored.has(name))) {
    const part = data.over(names, selection);
    return countsBy(part.cube, names, part.selection);
  }
  const counted = await data.count({
    characteristics: [...new Set([...names, ...Object.keys(selection)])],
  });
  if (!counted) throw new Error("only records hold what is not stored");
  return countsBy(counted, names, selection);
}
