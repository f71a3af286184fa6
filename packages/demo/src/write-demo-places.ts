import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { standardCharacteristic } from "@taproot/model";
import { demoAreas } from "./demo-areas.ts";
import { demoOutlines } from "./demo-outlines.ts";
import { demoPopulations } from "./demo-residents.ts";
import type { PlantedNeedGap } from "./need-gap.ts";
import type { DemoPopulation } from "./resident-cells.ts";

/**
 * Writes who lives in the made-up areas, and their outlines, as files such as a person would add: a CSV for each crossing
 * of characteristics, and a GeoJSON. Gives back the names of the files.
 */
export async function writeDemoPlaces(
  folder: string,
  options: { readonly needGaps?: readonly PlantedNeedGap[] } = {},
): Promise<readonly string[]> {
  const files = demoPopulations(options).map((population): readonly [string, string] => [
    `brackenford-residents-by-${population.characteristics.join("-")}.csv`,
    residentsCsv(population),
  ]);
  files.push(["brackenford-outlines.geojson", outlinesGeoJson()]);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  return files.map(([name]) => name);
}

function residentsCsv({ characteristics, groups, counts }: DemoPopulation): string {
  const header = [
    "Area code",
    ...characteristics.map((name) => standardCharacteristic(name).label),
    "People",
  ];
  const cells = groups.reduce<readonly (readonly string[])[]>(
    (crossed, each) => crossed.flatMap((cell) => each.map((group) => [...cell, group])),
    [[]],
  );
  const quoted = (text: string) => (text.includes(",") ? `"${text}"` : text);
  const rows = demoAreas().flatMap(({ area }, index) =>
    cells.map((cell, at) => [area, ...cell.map(quoted), counts[index * cells.length + at]!]),
  );
  return [header, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function outlinesGeoJson(): string {
  const outlines = demoOutlines();
  const features = demoAreas().map(({ area, name }, index) => {
    const ring = outlines[index]!;
    const coordinates = Array.from({ length: ring.length / 2 }, (_, at) => [
      ring[2 * at],
      ring[2 * at + 1],
    ]);
    return {
      type: "Feature",
      properties: { area_code: area, area_name: name },
      geometry: { type: "Polygon", coordinates: [coordinates] },
    };
  });
  return `${JSON.stringify({ type: "FeatureCollection", name: "Brackenford (made up)", features })}\n`;
}
