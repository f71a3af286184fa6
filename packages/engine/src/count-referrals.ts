import { TaprootError } from "@taproot/model";
import { addUp, type ReferralKeys } from "./add-up-referrals.ts";
import { fatesOfStandings, waitsOfStandings } from "./cells-of-standings.ts";
import { chooseReferrals } from "./chosen-referrals.ts";
import { type CodedReferrals, uncrossed } from "./coded-referrals.ts";
import { combinedCodes } from "./combined-codes.ts";
import type { CountingOptions } from "./count-records.ts";
import { countsWhenRead } from "./counts-when-read.ts";
import { type Cube, characteristicIndex } from "./cube.ts";
import { numberCrossing } from "./number-crossing.ts";
import { outcomesOf } from "./outcomes-of-referrals.ts";
import { ascending } from "./ranking.ts";
import type { Selection } from "./selection.ts";

/** What is counted of coded referrals, where it is not everything. */
export interface CountReferralsOptions
  extends Pick<CountingOptions, "characteristics" | "referred"> {
  /** Only these people. */
  readonly selection?: Selection;
}

/** Keys up to here are exact whole numbers. */
const LARGEST_KEY = 2 ** 52;

/**
 * Counts coded referrals into a cube over any of their characteristics, as countRecords does from the records. Fates, waits
 * and outcomes are each put by cells when they are first read.
 */
export function countReferrals(coded: CodedReferrals, options: CountReferralsOptions = {}): Cube {
  const { selection, referred } = options;
  const wanted = wantedOf(coded, options.characteristics);
  const chosen = chooseReferrals(coded, selection, referred);
  const keys = keysOver(coded, wanted);
  const { standings, met, cellOf } = addUp(coded, chosen, keys);
  const cells = met.length;
  const { data } = coded;
  const about = {
    kind: "records",
    characteristics: wanted.map((index) => coded.characteristics[index]!),
    cells,
    groups: keys.groupsOf(met),
    standings,
    steps: coded.steps,
    openCountsAsLost: coded.openCountsAsLost,
    data: referred
      ? { ...data, ...referred, records: standings.referrals.reduce((sum, one) => sum + one, 0) }
      : data,
  } as const;
  return countsWhenRead(about, {
    fates: () => fatesOfStandings(standings, cells),
    waits: () => waitsOfStandings(standings, cells),
    outcomes: () => outcomesOf(coded, chosen, cells, cellOf),
  });
}

function wantedOf(coded: CodedReferrals, names: readonly string[] | undefined): readonly number[] {
  if (!names) return [...coded.characteristics.keys()];
  return names.map((name) => {
    const index = characteristicIndex(coded, name);
    if (index < 0)
      throw new TaprootError(
        "unknownCharacteristic",
        `These records have no characteristic “${name}”. They have: ${coded.characteristics.map((has) => has.name).join(", ")}.`,
      );
    return index;
  });
}

function keysOver(coded: CodedReferrals, wanted: readonly number[]): ReferralKeys {
  const sizeOf = (index: number) => coded.characteristics[index]!.groups.length;
  const each = uncrossed(coded);
  const ofCells = wanted.filter((index) => coded.crossed.includes(index));
  const ofReferrals = wanted.filter((index) => each.includes(index));
  const columns = ofCells.map((index) => coded.groups[coded.crossed.indexOf(index)]!);
  const people = numberCrossing(columns, ofCells.map(sizeOf), coded.cells);
  // A cell of each number, to read its codes from.
  const cellOf = new Uint32Array(people.count);
  for (let cell = 0; cell < coded.cells; cell++) cellOf[people.cellOf[cell]!] = cell;
  const codesOf = columns.map((codes) => Uint16Array.from(cellOf, (cell) => codes[cell]!));
  const { by, rank } = ascending(codesOf, people.count);
  const sizesOfReferrals = ofReferrals.map(sizeOf);
  const below = sizesOfReferrals.reduce((product, size) => product * size, 1);
  const possible = below * Math.max(1, people.count);
  if (possible > LARGEST_KEY)
    throw new TaprootError(
      "tooManyCrossings",
      "So many characteristics with so many groups cannot be crossed. Choose fewer of them.",
    );
  const ofReferral = combinedCodes(
    ofReferrals.map((index) => coded.codes[each.indexOf(index)]!),
    sizesOfReferrals,
  );
  const ofCell = new Float64Array(coded.cells);
  for (let cell = 0; cell < ofCell.length; cell++)
    ofCell[cell] = rank[people.cellOf[cell]!]! * below;
  return {
    ofCell,
    ...(ofReferral ? { ofReferral } : {}),
    possible,
    groupsOf: (keys) =>
      wanted.map((index) => {
        const among = ofCells.indexOf(index);
        if (among >= 0)
          return Uint16Array.from(keys, (key) => codesOf[among]![by[Math.floor(key / below)]!]!);
        const weight = sizesOfReferrals
          .slice(ofReferrals.indexOf(index) + 1)
          .reduce((product, size) => product * size, 1);
        return Uint16Array.from(keys, (key) => Math.floor(key / weight) % sizeOf(index));
      }),
  };
}
