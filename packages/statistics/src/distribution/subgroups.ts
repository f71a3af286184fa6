import { checkLengths } from "../foundation/check.ts";
import { type Absent, absent, isAbsent } from "../foundation/estimate.ts";
import { type PersonValues, type PreparedPersons, preparePersons } from "./persons.ts";

/** Values of people who each belong to a subgroup. */
export interface GroupedPersonValues extends Omit<PersonValues, "stratum" | "cluster"> {
  readonly group: ArrayLike<string | number>;
}

/** One subgroup's people. */
export interface Subgroup {
  readonly name: string | number;
  readonly value: Float64Array;
  /** Weights that sum to `populationShare`. */
  readonly share: Float64Array;
  readonly populationShare: number;
  /** Share of the whole value that it has. */
  readonly valueShare: number;
  readonly mean: number;
}

export interface SubgroupPersons extends PreparedPersons {
  readonly subgroups: readonly Subgroup[];
  /** Index of each person's subgroup. */
  readonly member: Uint32Array;
}

/** Splits people by subgroup, in the order in which the subgroups first appear. */
export function splitByGroup(
  data: GroupedPersonValues,
  positive: boolean,
): SubgroupPersons | Absent {
  checkLengths({ value: data.value, group: data.group });
  const persons = preparePersons(data, positive);
  if (isAbsent(persons)) return persons;
  const { size, value, share, mean } = persons;
  const index = new Map<string | number, number>();
  const member = new Uint32Array(size);
  for (let i = 0; i < size; i++) {
    const name = data.group[i] as string | number;
    let at = index.get(name);
    if (at === undefined) {
      at = index.size;
      index.set(name, at);
    }
    member[i] = at;
  }
  const subgroups: Subgroup[] = [];
  for (const [name, at] of index) {
    const values: number[] = [];
    const shares: number[] = [];
    let people = 0;
    let sum = 0;
    for (let i = 0; i < size; i++)
      if (member[i] === at) {
        values.push(value[i] as number);
        shares.push(share[i] as number);
        people += share[i] as number;
        sum += (share[i] as number) * (value[i] as number);
      }
    if (people === 0)
      return absent("zeroDenominator", `Subgroup ${name} has no weight; leave it out.`);
    subgroups.push({
      name,
      value: Float64Array.from(values),
      share: Float64Array.from(shares),
      populationShare: people,
      valueShare: sum / mean,
      mean: sum / people,
    });
  }
  return { ...persons, subgroups, member };
}
