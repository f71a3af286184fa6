import type { CubeDescription, Selection } from "@taproot/engine";

/**
 * What people may choose next who look at a part of the service: one filter less, or another group of one filter. Runs of
 * time are too many to foresee.
 *
 * @param ofPeople names of the characteristics that are no filters
 */
export function nextChoices(
  { characteristics }: Pick<CubeDescription, "characteristics">,
  ofPeople: ReadonlySet<string>,
  selection: Selection,
): readonly Selection[] {
  const filters = characteristics
    .filter(({ name, about }) => !ofPeople.has(name) && about !== "time")
    .sort((a, b) => a.groups.length - b.groups.length);
  const less = Object.keys(selection).map((name) => {
    const { [name]: _, ...rest } = selection;
    return rest;
  });
  const more = filters.flatMap(({ name, groups }) =>
    groups
      .filter((group) => !group.unknown && selection[name]?.join() !== group.name)
      .map((group) => ({ ...selection, [name]: [group.name] })),
  );
  return [...less, ...more];
}
