import { standardCharacteristic } from "@taproot/model";
import type { AreaProfiles, PopulationTable } from "@taproot/place";
import { absent, type Result } from "@taproot/statistics";
import type { Need } from "./need.ts";

/** By what expected referrals allow for, where both population and records hold it. */
export const ALLOWED_FOR = ["age", "sex"] as const;

/** People who could need the service: areas × groups × kinds, the kinds running fastest. */
export interface PeopleInNeed {
  readonly table: PopulationTable;
  /** What makes a kind of person: age and sex, one of them, or nothing. */
  readonly kindsBy: readonly string[];
  /** The groups of each of these that are in need. */
  readonly kindGroups: readonly (readonly string[])[];
  readonly kinds: number;
  /** The groups that are compared; one without a name where only areas are. */
  readonly groups: readonly string[];
  readonly people: Float64Array;
}

/** What is asked of the populations. */
export interface PeopleInNeedOptions {
  readonly need: Need;
  /** The characteristic whose groups are compared; none where areas are. */
  readonly by?: string;
  /** Which of age and sex the records hold. */
  readonly recorded: readonly string[];
}

/**
 * Finds the table that counts who could need the service by the groups that are compared, with as much of age and sex as
 * it and the records hold, and adds it up.
 */
export function peopleInNeed(
  profiles: AreaProfiles,
  { need, by, recorded }: PeopleInNeedOptions,
): Result<PeopleInNeed> {
  if (need.kind === "age" && !recorded.includes("age"))
    return absent(
      "notRecorded",
      "The ages of the people referred are not recorded, so referrals cannot be limited to an age.",
    );
  const limits = limitsOf(need, profiles);
  if (!limits)
    return absent("notRecorded", "The populations that were added do not count this need.");
  const required = [...Object.keys(limits), ...(by ? [by] : [])];
  const kindsOf = ({ characteristics }: PopulationTable) =>
    ALLOWED_FOR.filter(
      (name) => name !== by && recorded.includes(name) && characteristics.includes(name),
    );
  const fitting = profiles.tables.filter(
    (table) =>
      (need.kind === "own" ? table.name === need.table : !table.own) &&
      required.every((name) => table.characteristics.includes(name)),
  );
  const covered = ({ covers }: PopulationTable) => covers.reduce((sum, one) => sum + one, 0);
  const [table] = [...fitting].sort(
    (a, b) =>
      covered(b) - covered(a) ||
      kindsOf(b).length - kindsOf(a).length ||
      a.characteristics.length - b.characteristics.length,
  );
  if (!table || covered(table) === 0) return notCounted(profiles, need, by);
  return addUp(table, kindsOf(table), by, limits);
}

/** By characteristic, the groups that are in need; everybody where a characteristic is not named. */
function limitsOf(
  need: Need,
  profiles: AreaProfiles,
): Readonly<Record<string, readonly string[]>> | undefined {
  if (need.kind === "everyone") return {};
  if (need.kind === "group") return { [need.characteristic]: [need.group] };
  if (need.kind === "own") {
    const table = profiles.tables.find(({ own, name }) => own && name === need.table);
    if (!table) return undefined;
    return need.group === undefined ? {} : { [table.characteristics[0] ?? ""]: [need.group] };
  }
  for (const { own, characteristics, groups } of profiles.tables) {
    if (own || !characteristics.includes("age")) continue;
    const bands = groups[characteristics.indexOf("age")]!;
    const [from, to] = [bands.indexOf(need.from), bands.indexOf(need.to)];
    if (from >= 0 && to >= from) return { age: bands.slice(from, to + 1) };
  }
  return undefined;
}

function addUp(
  table: PopulationTable,
  kindsBy: readonly string[],
  by: string | undefined,
  limits: Readonly<Record<string, readonly string[]>>,
): PeopleInNeed {
  const { characteristics, counts, covers } = table;
  const groupsOf = (name: string) => table.groups[characteristics.indexOf(name)]!;
  const kindGroups = kindsBy.map((name) =>
    groupsOf(name).filter((group) => limits[name]?.includes(group) ?? true),
  );
  const groups = by ? groupsOf(by).filter((group) => limits[by]?.includes(group) ?? true) : [""];
  const kinds = kindGroups.reduce((product, names) => product * names.length, 1);
  // For each crossing of the table: where it is added, or nowhere.
  const size = table.groups.reduce((product, names) => product * names.length, 1);
  const into = Int32Array.from({ length: size }, (_, crossing) => {
    let rest = crossing;
    const group: Record<string, string> = {};
    for (let i = characteristics.length - 1; i >= 0; i--) {
      const names = table.groups[i]!;
      group[characteristics[i]!] = names[rest % names.length]!;
      rest = Math.floor(rest / names.length);
    }
    for (const [name, kept] of Object.entries(limits)) if (!kept.includes(group[name]!)) return -1;
    let at = by ? groups.indexOf(group[by]!) : 0;
    for (const [i, name] of kindsBy.entries())
      at = at * kindGroups[i]!.length + kindGroups[i]!.indexOf(group[name]!);
    return at;
  });
  const width = groups.length * kinds;
  const people = new Float64Array(covers.length * width);
  for (let area = 0; area < covers.length; area++) {
    if (covers[area] === 0) continue;
    for (let crossing = 0; crossing < size; crossing++) {
      const to = into[crossing]!;
      if (to >= 0) people[area * width + to]! += counts[area * size + crossing]!;
    }
  }
  return { table, kindsBy, kindGroups, kinds, groups, people };
}

function notCounted(profiles: AreaProfiles, need: Need, by: string | undefined) {
  if (profiles.tables.every((table) => table.covers.every((one) => one === 0)))
    return absent("notRecorded", "No population of these areas has been added.");
  const limit =
    need.kind === "age" ? "age" : need.kind === "group" ? need.characteristic : undefined;
  const what = [limit, by]
    .filter((name) => name !== undefined)
    .map((name) => standardCharacteristic(name).subject);
  if (what.length === 0)
    return absent("notRecorded", "No population that was added is counted that way.");
  const table =
    need.kind === "own" ? "The table that was chosen is" : "The populations that were added are";
  return absent(
    "notRecorded",
    `${table} not counted by ${what.join(" and ")}${what.length > 1 ? " together" : ""}, so nothing can be expected of each group. Choose another need, or other groups.`,
  );
}
