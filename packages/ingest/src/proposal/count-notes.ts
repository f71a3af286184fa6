import type { ColumnProfile } from "./column-profile.ts";
import type { Proposal } from "./propose-records.ts";

const totals =
  /^(all|total|totals|overall|national|england|scotland|wales|northern ireland|uk|united kingdom)\b/i;

/** What a person should know of a table of counts before using it: sums among the groups, and lists at several dates. */
export function countNotes(
  profiles: readonly ColumnProfile[],
  proposals: readonly Proposal[],
): string[] {
  const notes: string[] = [];
  profiles.forEach((profile, index) => {
    if (proposals[index]?.as.role !== "characteristic") return;
    const sum = [...profile.distinct.keys()].find((value) => totals.test(value));
    if (sum !== undefined && profile.distinct.size > 1)
      notes.push(
        `“${profile.column}” has the group “${sum}”, which may be the sum of others. If so, its people are counted twice: leave those rows out, or look at one group at a time.`,
      );
    if (/\b(type|level)\b/.test(profile.words) && profile.distinct.size > 1)
      notes.push(
        `“${profile.column}” has several levels (${[...profile.distinct.keys()].slice(0, 4).join(", ")}). If each counts the same people, look at one level at a time.`,
      );
  });
  const period = proposals.findIndex(({ as }) => as.role === "count" && as.count === "period");
  const bands = proposals.some(({ as }) => as.role === "waitBand");
  if (bands && (profiles[period]?.distinct.size ?? 0) > 1)
    notes.push(
      "People still waiting are counted at several dates. They cannot be added up, so only the latest date is used unless you choose another.",
    );
  return notes;
}
