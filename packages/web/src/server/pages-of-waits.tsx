import type { Hono } from "hono";
import { WaitBandsPage } from "../pages/wait-bands-page.tsx";
import { clocksThere } from "../pages/wait-choices.tsx";
import { WaitsPage } from "../pages/waits-page.tsx";
import type { View } from "../words/choices.ts";
import { csvFile, type Env, frameOf, page, type Request } from "./context.ts";
import { notFoundPage } from "./errors.tsx";
import { firstCharacteristic } from "./first-characteristic.ts";
import type { LoadedData } from "./loaded-data.ts";
import { showData } from "./show-data.ts";
import { waitBandsBy } from "./wait-bands.ts";
import {
  answerReferrals,
  answerWaits,
  clockCounts,
  readWaitsChoices,
  usualStep,
} from "./wait-questions.ts";
import { bandsCsv, meanWaitsCsv, overLimitCsv, referralsCsv, waitsCsv } from "./wait-tables.ts";

/** The pages about waits, each table as a file beside it. */
export function addWaitPages(app: Hono<Env>): void {
  showData(app, "/waits", async (c, data, view) => {
    const by = view.by ?? firstCharacteristic(data);
    const bands = waitBandsBy(data.table, by, view.selection);
    const shared = { frame: frameOf(c), characteristics: data.about.characteristics, view };
    if (bands) return page(c, <WaitBandsPage {...shared} table={bands} by={by} />);
    const choices = choicesOf(c, data);
    const whole = Object.keys(view.selection).length === 0;
    return page(
      c,
      <WaitsPage
        {...shared}
        answers={await answerWaits(data, by, view, choices)}
        referrals={await answerReferrals(data, by, view, choices)}
        choices={choices}
        clocks={clocksThere((clock) => clockCounts(data, clock))}
        usualStep={usualStep(data)}
        all={whole ? data.about.data.records : undefined}
        neverUnknown={data.about.openCountsAsLost.includes("seen")}
      />,
    );
  });

  showData(app, "/waits.csv", async (c, data, view) => {
    const by = view.by ?? firstCharacteristic(data);
    const bands = waitBandsBy(data.table, by, view.selection);
    if (bands) return csvFile(c, "waits.csv", bandsCsv(bands, by));
    const { table } = await answers(c, data, view);
    return csvFile(c, "waits.csv", waitsCsv(table));
  });

  showData(app, "/waits/means.csv", async (c, data, view) => {
    const { means } = await answers(c, data, view);
    return csvFile(c, "mean-waits.csv", meanWaitsCsv(means));
  });

  showData(app, "/waits/over-limit.csv", async (c, data, view) => {
    const { over } = await answers(c, data, view);
    return csvFile(c, "over-limit.csv", overLimitCsv(over, data.dataset.manifest.data.asOf));
  });

  showData(app, "/waits/referrals.csv", async (c, data, view) => {
    const by = view.by ?? firstCharacteristic(data);
    const answer = await answerReferrals(data, by, view, choicesOf(c, data));
    if (!answer) return notFoundPage(c);
    return csvFile(c, "waits-by-referral.csv", referralsCsv(answer));
  });
}

function choicesOf(c: Request, data: LoadedData) {
  return readWaitsChoices(new URL(c.req.url).searchParams, data);
}

function answers(c: Request, data: LoadedData, view: View) {
  return answerWaits(data, view.by ?? firstCharacteristic(data), view, choicesOf(c, data));
}
