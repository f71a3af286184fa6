import { type AreaLevel, LEVEL_WORDS } from "@taproot/awareness";
import type { AreaOutlines, AreaProfiles } from "@taproot/place";
import { isAbsent } from "@taproot/statistics";
import type { Hono } from "hono";
import { NeedPage } from "../pages/need-page.tsx";
import { type View, viewAddress } from "../words/choices.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import type { LoadedData } from "./loaded-data.ts";
import { type NeedOfRecords, needAnswer } from "./need-answer.ts";
import { mapAreas } from "./need-map.ts";
import { type NeedPlaces, needPlaces } from "./need-places.ts";
import { type NeedQuestion, needParameters, readNeedQuestion } from "./need-question.ts";
import { needAreasCsv, needGroupsCsv } from "./need-tables.ts";
import { showData } from "./show-data.ts";

/** Need: the page, its two tables as files, and the areas that its map draws. */
export function addNeedPages(app: Hono<Env>): void {
  showData(app, "/need", async (c, data, view) => {
    const { question, places, answer } = await asked(c, data, view);
    const outlined =
      answer.kind === "records" ? outlinedAreas(answer, await outlinesOf(places, answer)) : 0;
    const address = (path: string, more: Partial<NeedQuestion> = {}, hash = "") =>
      viewAddress(path, viewOf(view), needParameters({ ...question, ...more })) + hash;
    return page(
      c,
      <NeedPage
        frame={frameOf(c)}
        answer={answer}
        question={question}
        characteristics={data.about.characteristics}
        view={view}
        outlined={outlined > 0 ? outlined : undefined}
        groupsCsv={address("/need/groups.csv")}
        addresses={{
          csv: address("/need/areas.csv"),
          map: address("/need/areas.json", { order: "ratio", areasPage: 1 }),
          sorted: (order) => address("/need", { order, areasPage: 1 }, "#need-areas-heading"),
          ofLevel: (level) => address("/need", { level, areasPage: 1 }, "#need-areas-heading"),
          pageOf: (areasPage) => address("/need", { areasPage }, "#need-areas-heading"),
        }}
      />,
    );
  });
  showData(app, "/need/groups.csv", async (c, data, view) => {
    const { answer } = await asked(c, data, view);
    if (answer.kind === "cannot" || isAbsent(answer.table)) return noFile(c, view);
    return csvFile(c, "need-by-group.csv", needGroupsCsv(answer.table));
  });
  showData(app, "/need/areas.csv", async (c, data, view) => {
    const { answer } = await asked(c, data, view);
    if (answer.kind !== "records") return noFile(c, view);
    const { byArea, profiles } = answer;
    return csvFile(c, FILES[byArea.level], needAreasCsv(byArea, profiles));
  });
  showData(app, "/need/areas.json", async (c, data, view) => {
    const { places, answer } = await asked(c, data, view);
    if (answer.kind !== "records") return c.json({ areas: [] });
    const outlines = await outlinesOf(places, answer);
    const { areas, level, drawn } = answer.byArea;
    const [, many] = LEVEL_WORDS[level];
    return c.json({ many, drawn, areas: mapAreas(areas, outlines) });
  });
}

/** What the file of each level is called. */
const FILES: Readonly<Record<AreaLevel, string>> = {
  smallArea: "need-by-area.csv",
  neighbourhood: "need-by-neighbourhood.csv",
  district: "need-by-district.csv",
};

/** How many areas of the page can be drawn, wholly or in part. */
function outlinedAreas({ byArea }: NeedOfRecords, outlines: AreaOutlines): number {
  const drawn = new Set(outlines.areas);
  return byArea.areas.filter(({ smallAreas }) => smallAreas.some((area) => drawn.has(area))).length;
}

async function asked(c: Request, data: LoadedData, view: View) {
  const question = readNeedQuestion(new URL(c.req.url).searchParams);
  const places = needPlaces(c.get("workbench"), data.dataset.manifest.synthetic);
  return { question, places, answer: await needAnswer(data, places, view, question) };
}

const outlinesRead = new WeakMap<AreaProfiles, Promise<AreaOutlines>>();

/** Outlines of the catchment, read once for each answer that is kept. */
function outlinesOf(places: NeedPlaces, { profiles }: NeedOfRecords): Promise<AreaOutlines> {
  const known = outlinesRead.get(profiles);
  if (known) return known;
  const outlines = places.outlines(profiles);
  outlines.catch(() => outlinesRead.delete(profiles));
  outlinesRead.set(profiles, outlines);
  return outlines;
}

/** A file that these data cannot fill: the page says why. */
function noFile(c: Request, view: View): Response {
  const question = readNeedQuestion(new URL(c.req.url).searchParams);
  return c.redirect(viewAddress("/need", viewOf(view), needParameters(question)), 303);
}

function viewOf({ by, selection }: View): Partial<View> {
  return { ...(by ? { by } : {}), selection };
}
