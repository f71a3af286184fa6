import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { cellTable, estimates, estimateTable, waitTable } from "@taproot/awareness";
import { csvText, type FileTable, withScratchFolder, writeParquetFile } from "@taproot/engine";
import { TaprootError } from "@taproot/model";
import type { Hono } from "hono";
import type { View } from "../words/choices.ts";
import type { Env, Request } from "./context.ts";
import { firstCharacteristic } from "./first-characteristic.ts";
import type { LoadedData } from "./loaded-data.ts";
import { showData } from "./show-data.ts";

/** Most characteristics that are told apart in a file of cells: beyond them a cell would often be one person. */
const MOST_TOLD_APART = 3;

/**
 * The numbers behind the pages as files: every estimate (`by`, several times, and `up-to` choose which), and the counted
 * cells and waits behind a chart.
 */
export function addEstimatePages(app: Hono<Env>): void {
  showData(app, "/estimates.csv", (c, data, view) =>
    csvStream(c, "estimates.csv", tableOfEstimates(c, data, view)),
  );
  showData(app, "/estimates.parquet", async (c, data, view) => {
    const table = tableOfEstimates(c, data, view);
    const { workspace, openEngine } = c.get("workbench");
    return withScratchFolder(workspace, async (folder) => {
      const path = join(folder, "estimates.parquet");
      const engine = await openEngine({});
      try {
        await writeParquetFile(engine, table, path);
      } finally {
        await engine.close();
      }
      // Read whole before its folder goes: a few megabytes.
      return c.body(new Uint8Array(await readFile(path)), 200, {
        "Content-Type": "application/vnd.apache.parquet",
        "Content-Disposition": 'attachment; filename="estimates.parquet"',
      });
    });
  });
  showData(app, "/cells.csv", (c, data, view) => {
    const by = toldApart(c, data, view);
    const { cube, selection } = data.over(by, view.selection);
    return csvStream(c, "cells.csv", cellTable(cube, { by, selection }));
  });
  showData(app, "/cells/waits.csv", (c, data, view) => {
    const by = toldApart(c, data, view);
    const { cube, selection } = data.over(by, view.selection);
    return csvStream(c, "cells-waits.csv", waitTable(cube, { by, selection }));
  });
}

function tableOfEstimates(c: Request, data: LoadedData, { selection }: View): FileTable {
  const upTo = Number(c.req.query("up-to") ?? 3);
  if (upTo !== 1 && upTo !== 2 && upTo !== 3)
    throw new TaprootError("upTo", "One, two or three characteristics can be crossed: up-to=3.");
  const by = c.req.queries("by") ?? [];
  // Naming what to cross may name a filter, which people's own cells do not hold.
  const part = by.length > 0 ? data.over(by, selection) : data.part(selection);
  const made = estimates(part.cube, { by, upTo, selection: part.selection });
  return estimateTable(made, data.dataset.manifest.data);
}

function toldApart(c: Request, data: LoadedData, view: View): readonly string[] {
  const asked = (c.req.queries("by") ?? []).filter((name) =>
    data.about.characteristics.some((one) => one.name === name),
  );
  const first = view.by ?? firstCharacteristic(data);
  const by = asked.length > 0 ? [...new Set(asked)] : first === undefined ? [] : [first];
  if (by.length > MOST_TOLD_APART)
    throw new TaprootError(
      "tooManyToldApart",
      `Cells can be told apart by ${MOST_TOLD_APART} characteristics at most, not ${by.length}. Leave some out.`,
    );
  return by;
}

function csvStream(c: Request, name: string, table: FileTable): Response {
  return c.body(Readable.toWeb(Readable.from(csvText(table))) as ReadableStream, 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${name}"`,
  });
}
