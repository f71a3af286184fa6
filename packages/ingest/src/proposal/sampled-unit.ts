import type { ColumnProfile } from "./column-profile.ts";
import { shareOf } from "./column-profile.ts";
import type { Proposal } from "./propose-records.ts";

const unitName =
  /\b(org|organisation|organization|provider|trust|icb|ccg|board|hb|hbt|area|council|authority|district|practice|hospital|region|lsoa|locality|ward|pcn)\b/;
const officialCode = /^[EWSNK]\d{8}$/;

/** True for a column whose values are organisations or areas, by its name or by their official codes. */
function namesUnits(profile: ColumnProfile): boolean {
  if (/\b(type|level|kind)\b/.test(profile.words)) return false;
  return unitName.test(profile.words) || hasCodes(profile);
}

const hasCodes = (profile: ColumnProfile) =>
  shareOf(profile, (value) => officialCode.test(value)) > 0.9;

/** Names come before codes: a sentence can say them. */
const codeFirst = (profile: ColumnProfile) =>
  hasCodes(profile) || /\b(code|id|cd)\b/.test(profile.words) ? 1 : 0;

const alike = (a: ColumnProfile, b: ColumnProfile) =>
  Math.abs(a.distinct.size - b.distinct.size) <= Math.max(a.distinct.size, b.distinct.size) * 0.1;

/** The column that names the units which were sampled: the one with the most different values. */
export function unitOf(
  profiles: readonly ColumnProfile[],
  proposals: readonly Proposal[],
): string | undefined {
  const units = profiles
    .map((profile, index) => ({ profile, as: proposals[index]!.as }))
    .filter(({ profile, as }) => as.role === "characteristic" && namesUnits(profile))
    .sort((a, b) =>
      alike(a.profile, b.profile)
        ? codeFirst(a.profile) - codeFirst(b.profile)
        : b.profile.distinct.size - a.profile.distinct.size,
    );
  const [first] = units;
  return first?.as.role === "characteristic" ? first.as.characteristic : undefined;
}

/** A unit's code and its name say the same: both as characteristics would only multiply the cells. */
export function withoutOtherNames(
  profiles: readonly ColumnProfile[],
  proposals: readonly Proposal[],
  unit: string,
): Proposal[] {
  const position = proposals.findIndex(
    ({ as }) => as.role === "characteristic" && as.characteristic === unit,
  );
  const chosen = profiles[position]!;
  return proposals.map((proposal, index) => {
    const profile = profiles[index]!;
    const twin =
      index !== position &&
      proposal.as.role === "characteristic" &&
      namesUnits(profile) &&
      alike(profile, chosen);
    return twin
      ? {
          ...proposal,
          as: { role: "ignored" },
          why: `“${chosen.column}” names the same and is used instead.`,
        }
      : proposal;
  });
}
