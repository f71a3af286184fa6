import { type Cube, collapse, latestStock, type Selection, selectedCells } from "@taproot/engine";
import { type Cut, FATE_COUNT, TaprootError } from "@taproot/model";
import type { CutCodes } from "../comparison.ts";
import { groupInWords } from "../plain-english.ts";
import { requireCharacteristic } from "../reach-by.ts";

/** Who is compared with whom. */
export interface ComparedPeople {
  /** The group: characteristic → its group's name; one characteristic or several crossed. */
  readonly cut: Cut;
  /**
   * The group that it is compared with: other groups of the same characteristics. Absent: everyone else, which leaves out
   * those who may be in the group because something of theirs is not recorded.
   */
  readonly against?: Cut;
  /** Only these people. */
  readonly selection?: Selection;
}

/** The two sides of a comparison in words, as subjects of a sentence, first letter as it stands. */
export interface SidesInWords {
  readonly group: string;
  readonly others: string;
}

/** On which side of the comparison a cell stands. */
export const IN_GROUP = 1;
export const IN_OTHERS = 2;

/** A cube over the compared characteristics and a few more, with the side of each of its cells. */
export interface SidedCube {
  readonly cube: Cube;
  /** Per cell: {@link IN_GROUP}, {@link IN_OTHERS}, or 0 for neither. */
  readonly side: Uint8Array;
  readonly words: SidesInWords;
  /** Referrals that may be on one side or the other: something of theirs is not recorded. */
  readonly unknown: number;
}

/**
 * Collapses a cube to the compared characteristics and those named besides, and puts every cell on its side. One pass over
 * the cells; everything after is on a few.
 */
export function sidedCube(
  whole: Cube,
  { cut, against, selection }: ComparedPeople,
  besides: readonly string[] = [],
): SidedCube {
  checkCuts(cut, against);
  const names = [...Object.keys(cut), ...besides];
  const cube = countsBy(whole, names, selection);
  const codes = codesOf(cube, cut);
  const others = against && codesOf(cube, against);
  const side = new Uint8Array(cube.cells);
  let unknown = 0;
  for (let cell = 0; cell < cube.cells; cell++) {
    const groups = codes.characteristics.map((index) => cube.groups[index]![cell]!);
    const isOf = (of: CutCodes) => of.codes.every((code, i) => groups[i] === code);
    if (isOf(codes)) side[cell] = IN_GROUP;
    else if (
      others ? isOf(others) : groups.some((group, i) => group !== 0 && group !== codes.codes[i])
    )
      side[cell] = IN_OTHERS;
    // Somebody of whom all that is known is the group's, or the other group's.
    else if (mayBe(groups, codes) || (others && mayBe(groups, others)))
      unknown += referralsOf(cube, cell);
  }
  return {
    cube,
    side,
    unknown,
    words: {
      group: groupInWords(cube, codes),
      others: others ? groupInWords(cube, others) : "everyone else",
    },
  };
}

/** Everyone referred in a cell. */
export function referralsOf(cube: Cube, cell: number): number {
  let sum = 0;
  for (let fate = 0; fate < FATE_COUNT; fate++) sum += cube.fates[cell * FATE_COUNT + fate]!;
  return sum;
}

function mayBe(groups: readonly number[], { codes }: CutCodes): boolean {
  return codes.every((code, i) => groups[i] === code || groups[i] === 0);
}

function checkCuts(cut: Cut, against: Cut | undefined): void {
  const names = Object.keys(cut).sort();
  if (names.length === 0)
    throw new TaprootError("noGroup", "Choose at least one characteristic and its group.");
  if (!against) return;
  if (Object.keys(against).sort().join("\n") !== names.join("\n"))
    throw new TaprootError(
      "otherCharacteristics",
      "The two groups are of different characteristics. Choose two groups of the same one.",
    );
  if (names.every((name) => cut[name] === against[name]))
    throw new TaprootError("sameGroup", "The two groups are the same. Choose another.");
}

/** The codes of a cut, its characteristics in the order of the cube. */
function codesOf(cube: Cube, cut: Cut): CutCodes {
  const parts = Object.entries(cut)
    .map(([name, group]) => {
      const index = requireCharacteristic(cube, name);
      const { groups } = cube.characteristics[index]!;
      const code = groups.findIndex((candidate) => candidate.name === group);
      if (code < 0)
        throw new TaprootError(
          "unknownGroup",
          `“${name}” has no group “${group}”. It has: ${groups.map((one) => one.name).join(", ")}.`,
        );
      return { index, code };
    })
    .sort((a, b) => a.index - b.index);
  return {
    characteristics: parts.map(({ index }) => index),
    codes: parts.map(({ code }) => code),
  };
}

/**
 * The referrals and what became of them by a few characteristics: what every question of this folder needs, and all that it
 * needs.
 */
export function countsBy(whole: Cube, names: readonly string[], selection?: Selection): Cube {
  const cells = selectedCells(whole, selection);
  const kept = [...new Set(names)].map((name) => requireCharacteristic(whole, name));
  return collapse(latestStock(whole, cells), kept, cells);
}
