import { type Characteristic, FATE_COUNT, type Step, TaprootError } from "@taproot/model";

/**
 * Referrals as small whole numbers, one place a referral: what an engine hands over when it has coded its records, and what
 * travels to a browser's worker without being copied.
 */
export interface CodedReferrals {
  readonly characteristics: readonly Characteristic[];
  /** Per characteristic, per referral: index into the characteristic's groups; 0 is not recorded. */
  readonly groups: readonly (Uint8Array | Uint16Array)[];
  /** Per referral: index into FATES. */
  readonly fates: Uint8Array;
  /** Per referral: whole weeks from the clock's start to its end; absent where there are no dates of first contact. */
  readonly weeks?: Uint8Array | Uint16Array;
  /** The steps that are recorded. Default: all after need. */
  readonly steps?: readonly Step[];
  /** Steps at which those still open count as not reached. Default: none. */
  readonly openCountsAsLost?: readonly Step[];
}

/** Throws where the columns are of different lengths; the codes themselves are checked while they are counted. */
export function checkReferrals(referrals: CodedReferrals): void {
  const { characteristics, groups, fates, weeks } = referrals;
  if (groups.length !== characteristics.length)
    throw new TaprootError(
      "codedReferrals",
      `${characteristics.length} characteristics come with ${groups.length} columns. Give one column for each.`,
    );
  const columns = [...groups, ...(weeks ? [weeks] : [])];
  const odd = columns.find((column) => column.length !== fates.length);
  if (odd)
    throw new TaprootError(
      "codedReferrals",
      `A column holds ${odd.length} referrals where the fates hold ${fates.length}. Give each column one code for each referral.`,
    );
}

/** The error of a code that has no meaning. */
export function unknownCode(what: string, code: number, codes: number): TaprootError {
  return new TaprootError(
    "codedReferrals",
    `The code ${code} of ${what} has no meaning: there are ${codes}, from 0 on. Code the referrals anew.`,
  );
}

/** Throws unless every fate is one. */
export function checkFates(fates: Uint8Array): void {
  let highest = 0;
  for (let i = 0; i < fates.length; i++) if (fates[i]! > highest) highest = fates[i]!;
  if (highest >= FATE_COUNT) throw unknownCode("a fate", highest, FATE_COUNT);
}
