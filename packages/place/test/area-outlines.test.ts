import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openDuckDb } from "@taproot/engine-duckdb";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addPlaceFile, areaOutlines, placeEntries } from "../src/index.ts";
import { outlineRings, outlineText } from "../src/outline-text.ts";
import { codes, written } from "./synthetic-files.ts";
import { zipOf } from "./zip-of.ts";

let folder: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "taproot-outlines-"));
  home = join(folder, "home");
});
afterEach(() => rmSync(folder, { recursive: true }));

const add = (content: string | Buffer, name?: string, ending = ".geojson") =>
  addPlaceFile(written(folder, content, ending), {
    home,
    openEngine: openDuckDb,
    ...(name === undefined ? {} : { name }),
  });

type Ring = readonly (readonly [number, number])[];

/** A square of a hundredth of a degree at this corner. */
const square = (west: number, south: number, size = 0.01): Ring => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

interface Feature {
  type: "Feature";
  properties: Record<string, unknown>;
  geometry: { type: string; coordinates: unknown } | null;
}

/** The health and social care areas of nowhere: 890 super output areas in a row. */
function superOutputAreas(): Feature[] {
  return Array.from({ length: 890 }, (_, index) => ({
    type: "Feature",
    properties: {
      SOA_CODE: `95${String.fromCharCode(65 + (index % 26))}A${String(10 + Math.floor(index / 26))}S1`,
      SOA_LABEL: `Made up, ${index}`,
    },
    geometry: { type: "Polygon", coordinates: [square(-7 + index / 1000, 54.5)] },
  }));
}

const collection = (features: readonly Feature[], more: object = {}) =>
  JSON.stringify({ type: "FeatureCollection", ...more, features });

const own = (features: readonly [string, Feature["geometry"]][]) =>
  collection(
    features.map(([code, geometry]) => ({ type: "Feature", properties: { code }, geometry })),
  );

describe("outlines", () => {
  test("are known by their properties and codes, kept, and read back for the areas that are asked for", async () => {
    const features = superOutputAreas();
    const entry = await add(collection(features));
    expect(entry).toMatchObject({
      name: "outlines-soa-2001",
      kind: "outlines",
      rows: 890,
      licence: "Open Government Licence v3.0; contains OS data",
    });
    const code = (index: number) => String(features[index]!.properties.SOA_CODE);
    const found = await areaOutlines(home, openDuckDb, [code(5), "95ZZ99S9", code(3)]);
    expect(found.areas).toEqual([code(5), code(3)]);
    expect(found.missing).toEqual(["95ZZ99S9"]);
    expect([...found.rings[0]![0]!]).toEqual(square(-6.995, 54.5).flat().map(toStep));
    expect(found.bounds).toEqual([-6.997, 54.5, -6.985, 54.51]);
    expect(found.sources).toMatchObject([{ title: entry.title, vintage: "2001" }]);
  });

  test.each([
    ["outlines-lsoa-2021", "LSOA21CD", "LSOA21NM", "W01", 1917],
    ["outlines-lsoa-2011", "LSOA11CD", "LSOA11NM", "W01", 1909],
    ["outlines-data-zone-2011", "DataZone", "Name", "S01", 6976],
    ["outlines-icb", "ICB23CD", "ICB23NM", "E54", 42],
    ["outlines-district", "LAD24CD", "LAD24NM", "E07", 361],
  ])(
    "%s are known as their publisher calls them: %s",
    async (name, code, called, prefix, count) => {
      const areas = codes(prefix, count);
      const features = areas.map(
        (area, index): Feature => ({
          type: "Feature",
          properties: {
            OBJECTID: index,
            [code]: area,
            [called]: `Place ${index}`,
            Shape__Area: 1.5,
          },
          geometry: { type: "Polygon", coordinates: [square(-4 + index / 10_000, 52)] },
        }),
      );
      expect(await add(collection(features))).toMatchObject({ name, rows: count });
      const found = await areaOutlines(home, openDuckDb, areas.slice(0, 3));
      expect(found.areas).toEqual(areas.slice(0, 3));
    },
  );

  test("come gzipped and zipped", async () => {
    const text = collection(superOutputAreas());
    expect((await add(gzipSync(text), undefined, ".gz")).rows).toBe(890);
    expect((await add(zipOf({ "a/b.geojson": text }), undefined, ".zip")).rows).toBe(890);
  });

  test("of several polygons with holes keep every ring", async () => {
    const coordinates = [[square(0, 51), square(0.002, 51.002, 0.001)], [square(0.1, 51)]];
    await add(own([["D01000001", { type: "MultiPolygon", coordinates }]]), "Mine");
    const { rings } = await areaOutlines(home, openDuckDb, ["D01000001"]);
    expect(rings[0]!.map((ring) => [...ring])).toEqual(
      coordinates.flat().map((ring) => ring.flat().map(toStep)),
    );
  });

  test("on the British national grid come out in degrees", async () => {
    const geometry = { type: "Polygon", coordinates: [square(530_000, 180_000, 100)] };
    await add(own([["E01000001", geometry]]), "Mine");
    const { bounds } = await areaOutlines(home, openDuckDb, ["E01000001"]);
    // Central London: 51.50° N, 0.13° W.
    expect(bounds![0]).toBeCloseTo(-0.1287, 3);
    expect(bounds![1]).toBeCloseTo(51.5037, 3);
  });

  test("of one's own are called after their file or name, and draw areas of another census by their parts", async () => {
    const geometry = (west: number) => ({ type: "Polygon", coordinates: [square(west, 51)] });
    const entry = await add(
      own([
        ["E01000001", geometry(0)],
        ["E01000002", geometry(0.01)],
      ]),
      "Our patch!",
    );
    expect(entry).toMatchObject({ name: "own-outlines-our-patch", title: "Our patch!", own: true });
    const found = await areaOutlines(home, openDuckDb, ["E01009999", "E01000001"], {
      members: [["E01000001", "E01000002"], ["E01000001"]],
    });
    expect(found.rings.map((rings) => rings.length)).toEqual([2, 1]);
  });

  test("of areas that no publisher has are taken as they are", async () => {
    const further = [
      {
        nation: "Nowhere",
        source: "Made up",
        areas: [{ area: "D01000001", quintile: 1, decile: 1, rings: [square(2, 54).flat()] }],
      },
    ];
    const found = await areaOutlines(home, openDuckDb, ["D01000001", "D01000002"], { further });
    expect([...found.rings[0]![0]!]).toEqual(square(2, 54).flat());
    expect(found).toMatchObject({ missing: ["D01000002"], sources: [{ title: "Made up" }] });
    const none = await areaOutlines(home, openDuckDb, []);
    expect(none).toEqual({ areas: [], rings: [], bounds: undefined, missing: [], sources: [] });
  });

  test.each<[string, (features: Feature[]) => unknown, string]>([
    ["a part of the areas", (all) => all.splice(800), "has 800 areas; Outlines of super output"],
    [
      "a ring that is not closed",
      (all) => Object.assign(all[3]!.geometry!, { coordinates: [square(-7, 54).slice(0, 4)] }),
      "has 1 outline with a ring that is not closed",
    ],
    [
      "coordinates that are none",
      (all) => Object.assign(all[3]!.geometry!, { coordinates: [square(9e6, 7e6)] }),
      "has 1 outline with coordinates that are neither longitude and latitude nor",
    ],
    [
      "a missing coordinate",
      (all) => Object.assign(all[3]!.geometry!, { coordinates: [[[null, 1], ...square(0, 51)]] }),
      "has 1 outline with coordinates",
    ],
    [
      "no outline",
      (all) => Object.assign(all[3]!, { geometry: null }),
      "has 1 area without an outline",
    ],
    [
      "a repeated code",
      (all) => Object.assign(all[3]!, { properties: all[4]!.properties }),
      "repeats 1 area code",
    ],
    [
      "another code",
      (all) => Object.assign(all[3]!.properties, { SOA_CODE: "N00000001" }),
      "has 1 code other than super output area codes",
    ],
  ])("with %s are refused, and nothing changes", async (_, spoil, message) => {
    const features = superOutputAreas();
    spoil(features);
    await expect(add(collection(features))).rejects.toThrow(message);
    expect(await placeEntries(home)).toEqual([]);
  });

  test.each([
    ["cut off", collection(superOutputAreas()).slice(0, 5000), "is damaged or cut off"],
    ["TopoJSON", '{"type":"Topology","objects":{}}', "is TopoJSON"],
    ["other JSON", '{"name":"x"}', "no GeoJSON with features"],
    [
      "the first page of a service",
      collection(superOutputAreas(), { exceededTransferLimit: true }),
      "the first page of the areas only",
    ],
    [
      "on the Irish grid",
      collection(superOutputAreas(), {
        crs: { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::29902" } },
      }),
      "is on the Irish grid",
    ],
    [
      "without small areas",
      collection([
        {
          type: "Feature",
          properties: { name: "x" },
          geometry: { type: "Polygon", coordinates: [square(0, 51)] },
        },
      ]),
      "not place data that Taproot knows",
    ],
  ])("that are %s are refused with a sentence", async (_, text, message) => {
    await expect(add(text)).rejects.toThrow(message);
  });

  test("survive being written as text, to a hundred-thousandth of a degree", () => {
    const degree = fc.double({ min: -10, max: 60, noNaN: true });
    const ring = fc.array(fc.tuple(degree, degree), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(ring, { minLength: 1, maxLength: 4 }), (rings) => {
        const closed = rings.map((points) => [...points, points[0]!].flat());
        const read = outlineRings(outlineText(closed));
        expect(read).toHaveLength(closed.length);
        read.forEach((points, index) => {
          const wanted = distinct(closed[index]!.map((value) => Math.round(value * 1e5)));
          expect([...points].map((value) => Math.round(value * 1e5))).toEqual(wanted);
        });
      }),
    );
  });
});

const toStep = (value: number) => Math.round(value * 1e5) / 1e5;

/** Points without those that repeat the one before, save the last, which closes the ring. */
function distinct(steps: readonly number[]): number[] {
  const kept: number[] = [];
  for (let at = 0; at < steps.length; at += 2) {
    const repeats = at > 0 && kept.at(-2) === steps[at] && kept.at(-1) === steps[at + 1];
    if (!repeats || at === steps.length - 2) kept.push(steps[at]! + 0, steps[at + 1]! + 0);
  }
  return kept;
}
