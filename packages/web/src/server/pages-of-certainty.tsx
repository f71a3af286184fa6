import { monthsOfData, monthsToShow, type UnknownCosts, unknownCosts } from "@taproot/awareness";
import type { Selection } from "@taproot/engine";
import { isAbsent } from "@taproot/statistics";
import type { Hono } from "hono";
import { NextPage } from "../pages/next-page.tsx";
import { SurePage } from "../pages/sure-page.tsx";
import type { View } from "../words/choices.ts";
import { csv } from "../words/csv.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import { notFoundPage } from "./errors.tsx";
import type { LoadedData } from "./loaded-data.ts";
import { showData } from "./show-data.ts";

/** How many other gaps the door to action lists. */
const MOST_OTHERS = 10;

/** A gap of so many points matters, until somebody says otherwise. */
const MATTERS = 5;

/** How sure: chance, unknowns and silences together. */
export function addCertaintyPages(app: Hono<Env>): void {
  showData(app, "/sure", async (c, data, view) =>
    page(
      c,
      <SurePage
        frame={frameOf(c)}
        report={await data.findings(view.selection)}
        costs={unknownCostsOf(data, view.selection)}
        matters={mattersOf(c)}
        characteristics={data.about.characteristics}
        view={view}
      />,
    ),
  );
  const next = async (c: Request, data: LoadedData, view: View) => {
    const { findings } = await data.findings(view.selection);
    const named = c.req.param("id");
    const finding = named === undefined ? findings[0] : findings.find((one) => one.id === named);
    if (named !== undefined && !finding) return notFoundPage(c);
    return page(
      c,
      <NextPage
        frame={frameOf(c)}
        view={view}
        characteristics={data.about.characteristics}
        finding={finding}
        others={findings.filter((one) => one !== finding).slice(0, MOST_OTHERS)}
      />,
    );
  };
  showData(app, "/next", next);
  showData(app, "/next/:id", next);
  showData(app, "/sure.csv", async (c, data, view) =>
    csvFile(c, "how-sure.csv", await sureCsv(data, view, mattersOf(c))),
  );
}

/** What unknowns cost in a part of the service. */
export function unknownCostsOf(data: LoadedData, selection: Selection): UnknownCosts {
  return data.answer(["unknown costs", selection], () => {
    const part = data.part(selection);
    return unknownCosts(part.cube, part.selection);
  });
}

/** The size of a gap that matters, in points; what is no number above 0 is set back to the usual one. */
function mattersOf(c: Request): number {
  const asked = Number((c.req.query("points") ?? "").replace(",", "."));
  return asked > 0 && asked <= 100 ? asked : MATTERS;
}

async function sureCsv(data: LoadedData, view: View, matters: number): Promise<string> {
  const { findings, quiet, data: dates } = await data.findings(view.selection);
  const months = monthsOfData(dates);
  const needed = (smallest: (typeof quiet)[number]["smallestDetectable"]) => {
    const value = monthsToShow(smallest, months, matters);
    return isAbsent(value) ? value.absent : value;
  };
  return csv(
    [
      "what",
      "about",
      "step",
      "points",
      "points lower",
      "points upper",
      "q",
      "bounds lower",
      "bounds upper",
      "not recorded",
      "of",
      "smallest gap that would be seen",
      `months to see ${matters} points`,
      "in words",
    ],
    [
      ...findings.map((one) => [
        "gap",
        one.id,
        one.step,
        one.points.value,
        one.points.lower,
        one.points.upper,
        one.q,
        one.bounds.lower,
        one.bounds.upper,
        one.unknown,
        undefined,
        undefined,
        undefined,
        one.tipping?.sentence ?? one.sentence,
      ]),
      ...quiet.map((one) => [
        "silence",
        one.characteristic,
        one.step,
        ...Array.from({ length: 8 }, () => undefined),
        isAbsent(one.smallestDetectable) ? one.smallestDetectable.absent : one.smallestDetectable,
        needed(one.smallestDetectable),
        one.sentence,
      ]),
      ...unknownCostsOf(data, view.selection).rows.map((one) => [
        "unknown",
        one.characteristic,
        one.step,
        one.points,
        ...Array.from({ length: 5 }, () => undefined),
        one.unknown,
        one.of,
        undefined,
        undefined,
        undefined,
      ]),
    ],
  );
}
