import type { AreaProfiles } from "@taproot/place";

/** Who could need the service. */
export type Need =
  | { readonly kind: "everyone" }
  /** People in these bands of age, both ends included, by the bands' names. */
  | { readonly kind: "age"; readonly from: string; readonly to: string }
  /** Residents of one group: disabled people, unpaid carers. */
  | { readonly kind: "group"; readonly characteristic: string; readonly group: string }
  /** People counted in a table that a person added, or one group of it. */
  | { readonly kind: "own"; readonly table: string; readonly group?: string };

/** A need that can be chosen, and what to call it. */
export interface NeedChoice {
  /** Its key in links: "everyone", "disability", "own-diabetes-register:Type 1". */
  readonly key: string;
  readonly label: string;
  readonly need: Need;
}

const RESIDENTS: readonly { readonly characteristic: string; readonly label: string }[] = [
  { characteristic: "disability", label: "Disabled people" },
  { characteristic: "carer", label: "Unpaid carers" },
];

/**
 * The needs that the populations of a catchment can count: everyone, disabled people and unpaid carers where a table holds
 * them, and each table of one's own. Bands of age are chosen besides: see {@link ageBandsOf}.
 */
export function needChoices(profiles: AreaProfiles): readonly NeedChoice[] {
  const everyone: NeedChoice = {
    key: "everyone",
    label: "Everyone",
    need: { kind: "everyone" },
  };
  const residents = profiles.tables.filter((table) => !table.own);
  const groups = RESIDENTS.filter(({ characteristic }) =>
    residents.some((table) => table.characteristics.includes(characteristic)),
  ).map(
    ({ characteristic, label }): NeedChoice => ({
      key: characteristic,
      label,
      need: { kind: "group", characteristic, group: "Yes" },
    }),
  );
  const own = profiles.tables
    .filter((table) => table.own)
    .flatMap(({ name, title, characteristics, groups: held }): readonly NeedChoice[] => {
      const whole: NeedChoice = { key: name, label: title, need: { kind: "own", table: name } };
      // A table by one thing that residents are not counted by is a choice for each of its groups.
      if (characteristics.length !== 1 || isOfResidents(characteristics[0]!)) return [whole];
      const each = held[0]!.map(
        (group): NeedChoice => ({
          key: `${name}:${group}`,
          label: `${title}: ${group}`,
          need: { kind: "own", table: name, group },
        }),
      );
      return each.length > 1 ? [whole, ...each] : [whole];
    });
  return [everyone, ...groups, ...own];
}

/** The bands of age by which residents are counted, youngest first; none where no table is by age. */
export function ageBandsOf(profiles: AreaProfiles): readonly string[] {
  const table = profiles.tables.find(
    ({ own, characteristics }) => !own && characteristics.includes("age"),
  );
  return table?.groups[table.characteristics.indexOf("age")] ?? [];
}

/** Who could need the service, in the middle of a sentence: "people aged 65 and over". */
export function needInWords(need: Need, choices: readonly NeedChoice[]): string {
  if (need.kind === "everyone") return "everyone who lives there";
  if (need.kind === "age") return `people aged ${ageRange(need.from, need.to)}`;
  const choice = choices.find((one) => JSON.stringify(one.need) === JSON.stringify(need));
  const label = choice?.label ?? (need.kind === "own" ? need.table : need.characteristic);
  return need.kind === "own" ? `people counted in “${label}”` : label.toLowerCase();
}

/**
 * Two bands of age as one.
 *
 * @example
 * ```ts
 * ageRange("65 to 74", "85 and over"); // => "65 and over"
 * ageRange("0 to 4", "11 to 15"); // => "0 to 15"
 * ```
 */
export function ageRange(from: string, to: string): string {
  if (from === to) return from;
  const start = /^\d+/.exec(from)?.[0] ?? from;
  if (/over|\+|more/i.test(to)) return `${start} and over`;
  const end = /(\d+)\D*$/.exec(to)?.[1] ?? to;
  return `${start} to ${end}`;
}

function isOfResidents(characteristic: string): boolean {
  return ["age", "sex", "ethnicity", "disability", "carer"].includes(characteristic);
}
