import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TaprootError } from "@taproot/model";
import { fromBritishNationalGrid } from "./british-national-grid.ts";
import { csvLine } from "./csv-text.ts";
import { outlineText } from "./outline-text.ts";
import type { PublishedTable } from "./published-table.ts";

/** The column that holds each feature's outline as text; the others are the feature's properties. */
export const OUTLINE_COLUMN = "outline of geojson";

/** GeoJSON is read as a whole: larger files are drawn finer than any map here needs. */
const MOST_BYTES = 400_000_000;
const HEAD_RECORDS = 80;

interface Feature {
  readonly properties?: Readonly<Record<string, unknown>> | null;
  readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown } | null;
}

/**
 * The features of a GeoJSON file as a table: their properties, and their outlines in longitude and latitude. Coordinates
 * of the British national grid are turned into these. Rings that are not closed or not finite are refused.
 */
export async function geoJsonTable(
  path: string,
  scratch: string,
  name: string,
): Promise<PublishedTable> {
  const features = await readFeatures(path, name);
  const columns = [...new Set(features.slice(0, HEAD_RECORDS).flatMap(propertyNames))];
  const faults = { open: 0, wild: 0 };
  const rows = features.map((feature) => [
    ...columns.map((column) => cellText(feature.properties?.[column])),
    outlineOf(feature, faults),
  ]);
  if (faults.wild > 0)
    throw refused(
      "wrongCoordinates",
      name,
      `has ${outlines(faults.wild)} with coordinates that are neither longitude and latitude nor on the British national grid. Save it in longitude and latitude (WGS 84).`,
    );
  if (faults.open > 0)
    throw refused(
      "openRing",
      name,
      `has ${outlines(faults.open)} with a ring that is not closed. Use the file as it was published.`,
    );
  const header = [...columns, OUTLINE_COLUMN];
  return {
    records: [header, ...rows.slice(0, HEAD_RECORDS)],
    delimiter: ",",
    csvFrom: async () => {
      const csv = join(scratch, "outlines.csv");
      await writeFile(csv, [header, ...rows].map(csvLine).join(""));
      return csv;
    },
  };
}

async function readFeatures(path: string, name: string): Promise<readonly Feature[]> {
  if ((await stat(path)).size > MOST_BYTES)
    throw refused(
      "tooLarge",
      name,
      "is drawn finer than a map here needs. Download the generalised outlines (BGC or BSC).",
    );
  let value: Readonly<Record<string, unknown>>;
  try {
    value = JSON.parse((await readFile(path, "utf8")).replace(/^\ufeff/, ""));
  } catch (cause) {
    throw refused("damagedFile", name, "is damaged or cut off. Download it again.", cause);
  }
  if (value.type === "Topology")
    throw refused("otherFormat", name, "is TopoJSON. Save it as GeoJSON and add that.");
  if (value.type !== "FeatureCollection" || !Array.isArray(value.features))
    throw refused("otherFormat", name, "is JSON, but no GeoJSON with features.");
  const properties = value.properties as { readonly exceededTransferLimit?: unknown } | undefined;
  if (value.exceededTransferLimit === true || properties?.exceededTransferLimit === true)
    throw refused(
      "firstPageOnly",
      name,
      "holds the first page of the areas only. Download the whole file instead of asking the service for features.",
    );
  const crs = JSON.stringify(value.crs ?? "");
  if (/EPSG[:/]+(?:[0-9.]*[:/]+)?(?:2157|2990[0-3]|29900)/.test(crs))
    throw refused(
      "otherGrid",
      name,
      "is on the Irish grid. Save it in longitude and latitude (WGS 84).",
    );
  return value.features as Feature[];
}

const propertyNames = ({ properties }: Feature) => Object.keys(properties ?? {});

const outlines = (count: number) =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? "outline" : "outlines"}`;

function cellText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** The outline of a feature as text; empty where it has none. */
function outlineOf({ geometry }: Feature, faults: { open: number; wild: number }): string {
  const polygons =
    geometry?.type === "Polygon"
      ? [geometry.coordinates]
      : geometry?.type === "MultiPolygon"
        ? (geometry.coordinates as unknown[])
        : [];
  const rings: number[][] = [];
  let open = false;
  let wild = false;
  for (const polygon of polygons)
    for (const positions of polygon as unknown[]) {
      const ring = ringOf(positions as readonly unknown[]);
      if (!ring) wild = true;
      else if (!isClosed(ring)) open = true;
      else rings.push(ring);
    }
  if (wild) faults.wild++;
  else if (open) faults.open++;
  return outlineText(rings);
}

function ringOf(positions: readonly unknown[]): number[] | undefined {
  const ring: number[] = [];
  for (const position of positions) {
    const [x, y] = position as readonly unknown[];
    if (typeof x !== "number" || typeof y !== "number") return undefined;
    if (Math.abs(x) <= 180 && Math.abs(y) <= 90) ring.push(x, y);
    else if (x >= 0 && x <= 800_000 && y >= -10_000 && y <= 1_300_000)
      ring.push(...fromBritishNationalGrid(x, y));
    else return undefined;
  }
  return ring;
}

function isClosed(ring: readonly number[]): boolean {
  return ring.length >= 8 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1);
}

function refused(code: string, name: string, what: string, cause?: unknown): TaprootError {
  return new TaprootError(code, `“${name}” ${what}`, cause === undefined ? undefined : { cause });
}
