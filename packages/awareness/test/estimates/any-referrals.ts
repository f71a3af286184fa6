import type { Cube } from "@taproot/engine";
import { type Characteristic, EXITS, FATE_COUNT, FATES, unknownGroup } from "@taproot/model";
import type { CodedReferrals } from "../../src/index.ts";

/** What any referrals are made of. */
export interface AnyReferrals {
  readonly referrals: number;
  /** Known groups of each characteristic. */
  readonly groups: readonly number[];
  readonly seed: number;
  readonly longestWeek?: number;
  readonly steps?: CodedReferrals["steps"];
  readonly openCountsAsLost?: CodedReferrals["openCountsAsLost"];
  readonly shorts?: boolean;
  readonly undated?: boolean;
}

/** Numbers from 0 up to 1 that a seed decides. */
export function drawsOf(seed: number): () => number {
  let state = (seed >>> 0) + 0x9e3779b9;
  return () => {
    state = Math.imul(state ^ (state >>> 16), 0x45d9f3b) + 0x6d2b79f5;
    const mixed = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** Referrals by chance; a group's fate depends on its groups, so that there is something to estimate. */
export function anyReferrals(made: AnyReferrals): CodedReferrals {
  const draw = drawsOf(made.seed);
  const column = (code: (referral: number) => number) => {
    const codes = Array.from({ length: made.referrals }, (_, i) => code(i));
    return made.shorts ? Uint16Array.from(codes) : Uint8Array.from(codes);
  };
  const groups = made.groups.map((known) =>
    column(() => (draw() < 0.1 ? 0 : 1 + Math.floor(known * draw() * Math.sqrt(draw())))),
  );
  const fates = Uint8Array.from({ length: made.referrals }, (_, i) => {
    const tilt = 0.6 + (0.4 * (groups[0]?.[i] ?? 0)) / (made.groups[0] ?? 1);
    return Math.floor(FATE_COUNT * draw() ** tilt);
  });
  const weeks = column(() => Math.floor((made.longestWeek ?? 60) * draw() * draw()));
  return {
    characteristics: made.groups.map(
      (known, index): Characteristic => ({
        name: `characteristic${index}`,
        label: `Characteristic ${index}`,
        about: "person",
        ordered: false,
        groups: [
          unknownGroup(`characteristic ${index}`),
          ...Array.from({ length: known }, (_, i) => ({
            name: `group ${i + 1}`,
            people: `people of group ${i + 1}`,
          })),
        ],
      }),
    ),
    groups,
    fates,
    ...(made.undated ? {} : { weeks }),
    ...(made.steps ? { steps: made.steps } : {}),
    ...(made.openCountsAsLost ? { openCountsAsLost: made.openCountsAsLost } : {}),
  };
}

/** How a wait ended, by fate: what counting records finds. */
const EXIT_BY_FATE = FATES.map((fate) => {
  if (fate === "declined") return "declined";
  if (fate === "awaitingDecision") return "undecided";
  if (fate === "leftBeforeSeen") return "removed";
  return fate === "waiting" ? "waiting" : "seen";
});

/** The same referrals as a cube, a cell each: counted one by one. */
export function cubeOfReferrals(referrals: CodedReferrals): Cube {
  const { characteristics, groups, fates, weeks } = referrals;
  const cells = fates.length;
  const table = new Float64Array(cells * FATE_COUNT);
  for (let cell = 0; cell < cells; cell++) table[cell * FATE_COUNT + fates[cell]!] = 1;
  return {
    kind: "records",
    characteristics,
    cells,
    groups: groups.map((column) => Uint16Array.from(column)),
    fates: table,
    waitStarts: Uint32Array.from({ length: cells + 1 }, (_, cell) => (weeks ? cell : 0)),
    waitWeeks: Uint16Array.from(weeks ?? []),
    waitExits: weeks
      ? Uint8Array.from(fates, (fate) => EXITS.indexOf(EXIT_BY_FATE[fate]!))
      : new Uint8Array(0),
    waitCounts: weeks ? new Uint32Array(cells).fill(1) : new Uint32Array(0),
    outcomeCounts: new Float64Array(cells),
    outcomeSums: new Float64Array(cells),
    outcomeSquares: new Float64Array(cells),
    steps: referrals.steps ?? ["referred", "accepted", "seen", "completed", "improved"],
    openCountsAsLost: referrals.openCountsAsLost ?? [],
    data: { records: cells, quarantined: 0, duplicates: 0 },
  };
}
