import type { Cube } from "@taproot/engine";
import type { Characteristic } from "@taproot/model";

/** Which groups of which characteristics count as a disadvantage. A person has at most one for each characteristic. */
export type Disadvantages = Readonly<Record<string, readonly string[]>>;

/** Which of a characteristic's known groups count unless somebody chooses otherwise. */
const USUAL: Readonly<Record<string, (group: string, position: number) => boolean>> = {
  deprivation: (_, position) => position === 0,
  ethnicity: (group) => !/^white\b/i.test(group),
  disability: (group) => /^yes\b/i.test(group),
  language: (group) => !/^english\b/i.test(group),
  carer: (group) => /^yes\b/i.test(group),
  inclusion: (group) => !/^(no|none|not)\b/i.test(group),
  // A bare yes or no does not say whether it is of access or of its lack.
  digital: (group) =>
    /\b(no|not|none|never|limited|poor|low|without|offline|excluded|help|only)\b/i.test(group) &&
    !/^no$/i.test(group),
};

/**
 * The disadvantages that are usual to count, of those that the data hold: the most deprived fifth, an ethnic group other
 * than White, disability, a main language other than English, caring, any inclusion health group, limited digital access. A
 * characteristic of which every known group, or none, would count is left out: nobody could be told from anybody.
 */
export function usualDisadvantages(cube: Pick<Cube, "characteristics">): Disadvantages {
  return Object.fromEntries(
    cube.characteristics.flatMap((characteristic) => {
      const groups = knownGroups(characteristic);
      const counts = USUAL[characteristic.name];
      const chosen = counts ? groups.filter((group, position) => counts(group, position)) : [];
      return chosen.length > 0 && chosen.length < groups.length
        ? [[characteristic.name, chosen]]
        : [];
    }),
  );
}

function knownGroups({ groups }: Characteristic): readonly string[] {
  return groups.filter((group) => !group.unknown).map((group) => group.name);
}
