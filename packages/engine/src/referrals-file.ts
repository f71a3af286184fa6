import { TaprootError } from "@taproot/model";
import { readArrays, writeArrays } from "./array-file.ts";
import { type CodedReferrals, uncrossed } from "./coded-referrals.ts";
import type { CubeDescription } from "./cube.ts";
import type { Codes } from "./referral-list.ts";

const MAGIC = "TAPROOT2";

/** Writes coded referrals to a file of their own and waits until it is on disk. */
export async function writeReferrals(path: string, coded: CodedReferrals): Promise<void> {
  const { kind, characteristics, steps, openCountsAsLost, data, crossed, cells, firstDay } = coded;
  await writeArrays(
    path,
    MAGIC,
    { kind, characteristics, steps, openCountsAsLost, data, crossed, cells, firstDay },
    [
      ...coded.groups,
      coded.fates,
      coded.weeks,
      coded.exits,
      coded.starts,
      coded.entryCells,
      coded.entryStarts,
      ...coded.codes,
      coded.days,
      coded.measured,
      coded.changes,
    ],
  );
}

type StoredDescription = CubeDescription &
  Pick<CodedReferrals, "kind" | "crossed" | "cells" | "firstDay">;

/** Reads coded referrals back. A file that is cut short or changed is a {@link TaprootError}, never a wrong count. */
export async function readReferrals(path: string): Promise<CodedReferrals> {
  const stored = await readArrays(path, MAGIC);
  if (!stored)
    throw new TaprootError(
      "damagedReferrals",
      "The stored referrals cannot be read. Open the service's file again to count it anew.",
    );
  const { next } = stored;
  const description = stored.description as unknown as StoredDescription;
  return {
    ...description,
    groups: description.crossed.map(() => next<Uint16Array>()),
    fates: next<Int8Array>(),
    weeks: next<Int16Array>(),
    exits: next<Int8Array>(),
    starts: next<Uint32Array>(),
    entryCells: next<Uint32Array>(),
    entryStarts: next<Uint32Array>(),
    codes: uncrossed(description).map(() => next<Codes>()),
    days: next<CodedReferrals["days"]>(),
    measured: next<Uint32Array>(),
    changes: next<Float64Array>(),
  };
}
