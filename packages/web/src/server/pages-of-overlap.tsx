import {
  accumulation,
  type Disadvantages,
  type OverlapReport,
  overlap,
  overlapSteps,
  usualDisadvantages,
} from "@taproot/awareness";
import type { CubePart, Selection } from "@taproot/engine";
import { absent, type Result } from "@taproot/statistics";
import type { Hono } from "hono";
import {
  CROSS,
  countsField,
  EXACT,
  MOST_BOXES,
  type OverlapChoice,
  OWN,
  USUAL_GROUPS,
} from "../pages/overlap-choices.tsx";
import { crossable, crossingWith } from "../pages/overlap-crossing.tsx";
import { OverlapPage } from "../pages/overlap-page.tsx";
import type { View } from "../words/choices.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import type { LoadedData } from "./loaded-data.ts";
import { accumulationCsv, overlapCsv } from "./overlap-tables.ts";
import { showData } from "./show-data.ts";

/** The page of overlapping disadvantages, and its two tables as files. */
export function addOverlapPages(app: Hono<Env>): void {
  showData(app, "/overlap", (c, data, view) => {
    const choice = choiceOf(c, data, view);
    return page(
      c,
      <OverlapPage
        frame={frameOf(c)}
        view={view}
        choice={choice}
        steps={overlapSteps(data.people)}
        characteristics={data.about.characteristics}
        report={reportOf(data, choice, view)}
        accumulation={accumulationOf(data, choice, view)}
        usual={usualDisadvantages(data.about)}
      />,
    );
  });
  showData(app, "/overlap.csv", (c, data, view) =>
    csvFile(
      c,
      "overlap.csv",
      overlapCsv(reportOf(data, choiceOf(c, data, view), view), data.about.data),
    ),
  );
  showData(app, "/overlap/adding-up.csv", (c, data, view) =>
    csvFile(
      c,
      "adding-up.csv",
      accumulationCsv(accumulationOf(data, choiceOf(c, data, view), view), data.about.data),
    ),
  );
}

/** What the address asks for; what the data do not have is left out, and what is missing is the usual. */
function choiceOf(c: Request, { about, people }: LoadedData, view: View): OverlapChoice {
  const query = new URL(c.req.url).searchParams;
  const can = crossable(about.characteristics).map((one) => one.name);
  const wanted = [...new Set(query.getAll(CROSS))].filter((name) => can.includes(name)).slice(0, 4);
  const steps = overlapSteps(people);
  const own = query.get(OWN) === "own";
  const usual = usualDisadvantages(about);
  const exact = query.get(EXACT) === "yes" && wanted.length > 0;
  const cross = exact
    ? wanted
    : crossingWith(about.characteristics, wanted, wanted.length > 0 ? 2 : 3);
  return {
    cross,
    exact,
    added: wanted.length > 0 ? cross.filter((name) => !wanted.includes(name)) : [],
    step: steps.find((step) => step === view.step) ?? steps[0],
    disadvantages: own ? ownDisadvantages(query, about.characteristics, usual) : usual,
    own,
  };
}

function ownDisadvantages(
  query: URLSearchParams,
  characteristics: LoadedData["about"]["characteristics"],
  usual: Disadvantages,
): Disadvantages {
  return Object.fromEntries(
    characteristics.flatMap(({ name, groups }) => {
      const wanted = query.getAll(countsField(name));
      const known = groups.filter((group) => !group.unknown).map((group) => group.name);
      const chosen =
        known.length > MOST_BOXES
          ? wanted.includes(USUAL_GROUPS)
            ? (usual[name] ?? [])
            : []
          : known.filter((group) => wanted.includes(group));
      return chosen.length > 0 ? [[name, chosen]] : [];
    }),
  );
}

function reportOf(
  data: LoadedData,
  { cross, step }: OverlapChoice,
  { selection }: View,
): Result<OverlapReport> {
  if (!step)
    return absent(
      "notRecorded",
      "These data do not say who got through any step, nor how long anybody waited. Open a file that has dates, or counts, of people accepted, seen, completed or improved.",
    );
  if (cross.length < 2)
    return absent(
      "tooFewGroups",
      crossable(data.about.characteristics).length < 2
        ? "These data hold fewer than two characteristics of people, so nothing can overlap. Open a file with deprivation, ethnic group, age, sex or disability."
        : "Overlap needs at least two characteristics. Choose another one.",
    );
  return data.answer(["overlap", cross, step, selection], () => {
    const part = partWith(data, cross, selection);
    return overlap(part.cube, { characteristics: cross, step, selection: part.selection });
  });
}

function accumulationOf(data: LoadedData, { disadvantages }: OverlapChoice, { selection }: View) {
  return data.answer(["accumulation", disadvantages, selection], () => {
    const part = partWith(data, Object.keys(disadvantages), selection);
    return accumulation(part.cube, { disadvantages, selection: part.selection });
  });
}

/** A part that holds some characteristics. People are looked at in more than one way here, so that one count serves all. */
function partWith(data: LoadedData, names: readonly string[], selection: Selection): CubePart {
  const ofPeople = new Set(data.people.characteristics.map(({ name }) => name));
  return names.every((name) => ofPeople.has(name))
    ? data.part(selection)
    : data.over(names, selection);
}
