import type { Hono } from "hono";
import { OutcomesPage } from "../pages/outcomes-page.tsx";
import type { View } from "../words/choices.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import { firstCharacteristic } from "./first-characteristic.ts";
import type { LoadedData } from "./loaded-data.ts";
import { answerOutcomes } from "./outcome-questions.ts";
import { outcomesCsv } from "./outcome-tables.ts";
import { showData } from "./show-data.ts";

/** The page about outcomes, and its table as a file. */
export function addOutcomePages(app: Hono<Env>): void {
  showData(app, "/outcomes", async (c, data, view) => {
    const { table, instruments, unnamed } = await answer(c, data, view);
    return page(
      c,
      <OutcomesPage
        frame={frameOf(c)}
        table={table}
        instruments={instruments}
        unnamed={unnamed}
        characteristics={data.about.characteristics}
        view={view}
      />,
    );
  });

  showData(app, "/outcomes.csv", async (c, data, view) => {
    const { table } = await answer(c, data, view);
    return csvFile(c, "outcomes.csv", outcomesCsv(table));
  });
}

function answer(c: Request, data: LoadedData, view: View) {
  const wanted = new URL(c.req.url).searchParams.get("measure");
  return answerOutcomes(data, view.by ?? firstCharacteristic(data), view, wanted);
}
