import { TaprootError } from "@taproot/model";
import { CENSUS_DATASET } from "./census-dataset.ts";
import { DEPRIVATION_RELEASES } from "./deprivation-releases.ts";
import { LOOKUP_RELEASES } from "./lookup-releases.ts";
import { OUTLINE_RELEASES } from "./outline-releases.ts";
import { POPULATION_RELEASES } from "./population-releases.ts";
import { POSTCODE_RELEASES } from "./postcode-releases.ts";
import type { Release } from "./release.ts";

/** Every publication about places that Taproot can read, the most needed first. */
export const RELEASES: readonly Release[] = [
  ...DEPRIVATION_RELEASES,
  ...POSTCODE_RELEASES,
  ...LOOKUP_RELEASES,
  ...POPULATION_RELEASES,
  CENSUS_DATASET,
  ...OUTLINE_RELEASES,
];

/** The publication of this name; throws a sentence that names them all when there is none. */
export function releaseCalled(name: string, releases: readonly Release[] = RELEASES): Release {
  const found = releases.find((release) => release.name === name);
  if (found) return found;
  throw new TaprootError(
    "unknownRelease",
    `There is no place data called “${name}”. Use one of: ${releases.map((release) => release.name).join(", ")}.`,
  );
}
